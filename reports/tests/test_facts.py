"""What targets were, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.facts import all_facts, describe, labels, main_facts
from winsock_cts_reports.view import build

from .samples import WINE, Samples, record

if TYPE_CHECKING:
    from winsock_cts_reports.record import RunRecord

SAMPLES = Samples()
NEWER = {**WINE, "wine": {"version": "10.0", "host": "Linux"}}


def test_targets_are_described() -> None:
    assert describe(SAMPLES.model) == "documents as code, windows-11"
    assert describe(SAMPLES.wine) == "Wine 8.0 on Linux 6.18.5-1-amd64"
    product = {"system": "windows", "os": {"product": "Windows 11 Pro", "version": "10.0.22631"}}
    assert describe(record(target="windows", fingerprint=product)) == "Windows 11 Pro 10.0.22631"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([SAMPLES.model, SAMPLES.wine], ("model", "wine")),
        ([SAMPLES.wine, record(fingerprint=NEWER)], ("wine 8.0", "wine 10.0")),
        ([SAMPLES.wine, SAMPLES.wine], ("wine 8.0 #1", "wine 8.0 #2")),
        ([record(fingerprint={"x": 1}), record(fingerprint={"x": 2})], ("wine #1", "wine #2")),
    ],
)
def test_records_of_one_target_are_told_apart(records: list[RunRecord], expected: tuple[str, ...]) -> None:
    assert labels(records) == expected


def test_main_facts_mark_what_differs() -> None:
    facts = {fact.name: fact for fact in main_facts([SAMPLES.model, SAMPLES.wine])}
    assert facts["Reports itself as"].values == ("Windows 10.0.22631", "Windows 10.0.18362")
    assert facts["Reports itself as"].differs
    assert facts["Keep-alive registry"].values == ("none set", "KeepAliveInterval 1000")
    assert facts["Host's keep-alive"].values == ("", "7200 s, then 75 s, 9 probes")
    assert not facts["Host's keep-alive"].differs
    assert facts["Ran"].values[1] == "all cases on surface winsock, 2026-11-20 21:00:00 UTC, 1.25 s"
    assert not facts["Ran"].differs


def test_every_field_is_listed_once() -> None:
    facts = {fact.name: fact.values for fact in all_facts([SAMPLES.model, SAMPLES.wine])}
    assert facts["modules.ws2_32.dll"] == ("", "10.0.18362.1")
    assert facts["catalog.0.name"] == ("", "TCP/IP")
    assert facts["registry.KeepAliveTime"] == ("not set", "not set")


@pytest.mark.parametrize(
    "fingerprint", [{"x": None}, {"system": []}, {"registry": 1, "follows": "x", "os": [], "": {}}]
)
def test_odd_fingerprints_do_no_harm(fingerprint: object) -> None:
    odd = record(fingerprint=fingerprint)
    assert main_facts([odd])
    assert all_facts([odd])
    assert describe(odd)


def test_followed_documents_are_spelled_out() -> None:
    followed = {
        fact.name: fact.values
        for fact in build([SAMPLES.model, SAMPLES.wine], SAMPLES.ledger, None, None).main_facts
    }["Where documents conflict"]
    assert [("S-SIO" in text, "D-WSAI" in text) for text in followed] == [(True, False), (False, True)]
    assert all(text.startswith("follows “") and text.endswith("in conflict DD-1") for text in followed)
