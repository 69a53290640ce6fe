"""Conditions over the fields of a fingerprint."""

from __future__ import annotations

import pytest

from winsock_cts_reports.fingerprint import field, holds

from .samples import WINE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("system", "wine"),
        ("wine.version", "8.0"),
        ("modules.ws2_32.dll", "10.0.18362.1"),
        ("registry.KeepAliveTime", None),
        ("wine.nothing", None),
        ("system.deeper", None),
    ],
)
def test_field_is_found_by_its_dotted_path(path: str, value: object) -> None:
    assert field(WINE, path) == value


@pytest.mark.parametrize(
    ("path", "wanted", "met"),
    [
        ("wine.version", ">=8,<9", True),
        ("wine.version", ">=9", False),
        ("wine.version", "8.0", True),
        ("wine.version", "8", False),
        ("wine.kernel", ">=6.1", True),
        ("wine.kernel", "<6.1", False),
        ("wine.tcp_keepalive_probes", 9, True),
        ("wine.tcp_keepalive_probes", ">=9", True),
        ("wine.tcp_keepalive_probes", "9", False),
        ("bits", 64, True),
        ("bits", 32, False),
        ("elevated", True, True),
        ("elevated", 1, False),
        ("elevated", ">=1", False),
        ("locale", ">=1", False),
        ("absent", ">=1", False),
        ("absent", "", False),
    ],
)
def test_condition_holds(path: str, wanted: object, met: bool) -> None:
    assert holds({path: wanted}, WINE) is met


def test_every_condition_must_hold() -> None:
    assert holds({"system": "wine", "bits": 64}, WINE)
    assert not holds({"system": "wine", "bits": 32}, WINE)
    assert holds({}, WINE)


def test_prerelease_counts_as_a_version() -> None:
    assert holds({"wine.version": ">=8,<9"}, {"wine": {"version": "8.1rc2"}})
