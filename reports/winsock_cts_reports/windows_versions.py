"""Names that the ledger uses for Windows versions, oldest first.

A server edition carries the name of the client with the same kernel: 2008 is vista, 2008 R2 is 7, 2012 is 8,
2012 R2 is 8.1, 2016 is 10-1607, 2019 is 10-1809. The builds are in conformance/ledger/generate_keys.py.
"""

from __future__ import annotations

from typing import Literal, get_args

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


def in_order(since: WindowsName | None, until: WindowsName | None) -> bool:
    """Whether the span from `since` to `until`, both included, holds a version."""
    return since is None or until is None or WINDOWS_NAMES.index(since) <= WINDOWS_NAMES.index(until)
