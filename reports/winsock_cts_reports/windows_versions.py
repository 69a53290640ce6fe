"""Windows versions as the ledger names them, oldest first, each with its first build.

A server edition carries the name of the client with the same kernel: 2008 is vista, 2008 R2 is 7, 2012 is 8,
2012 R2 is 8.1, 2016 is 10-1607, 2019 is 10-1809. conformance/ledger/generate_keys.py has the same table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

WindowsName = Literal[
    "2000",
    "xp",
    "2003",
    "vista",
    "7",
    "8",
    "8.1",
    "10-1507",
    "10-1607",
    "10-1703",
    "10-1709",
    "10-1803",
    "10-1809",
    "10-21h1",
    "11",
]
WINDOWS_NAMES: tuple[WindowsName, ...] = get_args(WindowsName)
Build = tuple[int, int, int]
FIRST_BUILDS: Mapping[WindowsName, Build] = {
    "2000": (5, 0, 2195),
    "xp": (5, 1, 2600),
    "2003": (5, 2, 3790),
    "vista": (6, 0, 6000),
    "7": (6, 1, 7600),
    "8": (6, 2, 9200),
    "8.1": (6, 3, 9600),
    "10-1507": (10, 0, 10240),
    "10-1607": (10, 0, 14393),
    "10-1703": (10, 0, 15063),
    "10-1709": (10, 0, 16299),
    "10-1803": (10, 0, 17134),
    "10-1809": (10, 0, 17763),
    "10-21h1": (10, 0, 19043),
    "11": (10, 0, 22000),
}


def in_order(since: WindowsName | None, until: WindowsName | None) -> bool:
    """Whether the span from `since` to `until`, both included, holds a version."""
    return since is None or until is None or WINDOWS_NAMES.index(since) <= WINDOWS_NAMES.index(until)


def in_span(reported: object, since: WindowsName | None, until: WindowsName | None) -> bool:
    """Whether the span speaks of a reported version such as ``10.0.19045``, every build of `until` included.

    A span without bounds speaks of any version, one with bounds of none that is not known.
    """
    if since is None and until is None:
        return True
    build = _build(reported)
    later = WINDOWS_NAMES[WINDOWS_NAMES.index(until) + 1 :] if until is not None else ()
    return (
        build is not None
        and (since is None or FIRST_BUILDS[since] <= build)
        and (not later or build < FIRST_BUILDS[later[0]])
    )


def _build(reported: object) -> Build | None:
    parts = reported.split(".")[:3] if isinstance(reported, str) else []
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    major, minor, build = map(int, parts)
    return major, minor, build
