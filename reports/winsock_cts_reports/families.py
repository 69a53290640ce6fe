"""IPv4 beside IPv6 within one record: rows whose case names differ in the parameter's family only."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from winsock_cts_reports import side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from winsock_cts_reports.record import Result
    from winsock_cts_reports.side_by_side import Comparison

FAMILY = re.compile(r"(?<=/)(tcp|udp)([46])(?=-|$)")


def has_pair(cases: Iterable[str]) -> bool:
    """Whether any two of the cases differ in the family only."""
    found = {(split.without, split.family) for case in cases if (split := _split(case))}
    return any((without, "6") in found for without, family in found if family == "4")


def compare(results: Iterable[Result], requirements: Collection[str]) -> Comparison | None:
    """The pairs among the rows of these requirements, in whatever order they come; None without a pair."""
    rows: defaultdict[tuple[str, str], dict[str, Result]] = defaultdict(dict)
    for result in results:
        split = _split(result.case) if result.requirement in requirements else None
        if split is not None:
            rows[split.without, result.surface][split.family] = result
    sides = [(rows[place].get("4"), rows[place].get("6")) for place in sorted(rows)]
    return side_by_side.compare(sides, _pair_name)


class _Split(NamedTuple):
    """A case's name without the number of its family, and that number."""

    without: str
    family: str


def _split(case: str) -> _Split | None:
    found = FAMILY.search(case)
    return _Split(case[: found.start(2)] + case[found.end(2) :], found[2]) if found else None


def _pair_name(one: Result, other: Result) -> str:
    """``Short.IsRefused/tcp4-11 against tcp6-11``."""
    return f"{one.case} against {other.case.partition('/')[2]}"
