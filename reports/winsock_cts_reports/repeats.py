"""Runs in a row set side by side: which rows did not say the same each time, however long they took."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.alike import same_observation
from winsock_cts_reports.cells import observed_text
from winsock_cts_reports.record import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from winsock_cts_reports.record import Result, RunRecord

NOTHING = "nothing"


@dataclass(frozen=True)
class Wavering:
    """What of one case came out differently: its verdict, its reason or an observation.

    `values` are in words, in the order in which they were first seen, each with how many runs gave it.
    """

    case: str
    what: str
    values: tuple[tuple[str, int], ...]


def wavering(runs: Sequence[RunRecord]) -> list[Wavering]:
    """Whatever is not the same in all the runs of one target; a row that a run lacks counts as nothing.

    Measurements may lie as far from the first of their kind as their tolerance allows.
    """
    tables = [{row.case: _parts(row) for row in run.results} for run in runs]
    found = []
    for case in dict.fromkeys(case for table in tables for case in table):
        rows = [table.get(case, {}) for table in tables]
        for what in dict.fromkeys(what for row in rows for what in row):
            values = _grouped(row.get(what, NOTHING) for row in rows)
            if len(values) > 1:
                found.append(Wavering(case, what, tuple((_text(value), runs) for value, runs in values)))
    return found


def _parts(row: Result) -> dict[str, Observation | str]:
    """What a row says, by name; the second observation of a name is numbered."""
    parts: dict[str, Observation | str] = {
        "verdict": row.verdict,
        "reason": " ".join(_reasons(row)) or NOTHING,
    }
    seen: Counter[str] = Counter()
    for observation in row.observations:
        seen[observation.name] += 1
        number = f" ({seen[observation.name]})" if seen[observation.name] > 1 else ""
        parts[f"observed {observation.name}{number}"] = observation
    return parts


def _reasons(row: Result) -> Iterator[str]:
    if row.reason is not None:
        yield f"{row.reason.code}: {row.reason.words}" if row.reason.code else row.reason.words
    if row.unjudged is not None:
        yield row.unjudged


def _grouped(values: Iterable[Observation | str]) -> list[tuple[Observation | str, int]]:
    """The values that differ, each with how often it came."""
    groups: list[tuple[Observation | str, int]] = []
    for value in values:
        for place, (known, count) in enumerate(groups):
            if _same(known, value):
                groups[place] = (known, count + 1)
                break
        else:
            groups.append((value, 1))
    return groups


def _same(one: Observation | str, other: Observation | str) -> bool:
    if isinstance(one, Observation) and isinstance(other, Observation):
        return same_observation(one, other)
    return one == other


def _text(value: Observation | str) -> str:
    return observed_text(value) if isinstance(value, Observation) else value
