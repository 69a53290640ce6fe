"""Known deviations against rows: which entries speak of a row, and whether one says exactly what it saw."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from winsock_cts_reports import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from winsock_cts_reports.ledger import Deviation
    from winsock_cts_reports.record import Result, RunRecord


def in_force(record: RunRecord, deviations: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """The entries whose surface and conditions fit the record's target."""
    return tuple(
        entry
        for entry in deviations
        if entry.surface == record.surface and fingerprint.holds(entry.when, record.fingerprint)
    )


def about(row: Result, entries: Sequence[Deviation]) -> tuple[Deviation, ...]:
    """Of the entries in force, those that name the row's case."""
    return tuple(
        entry for entry in entries if entry.surface == row.surface and fnmatchcase(row.case, entry.cases)
    )


def excuses(entry: Deviation, row: Result) -> bool:
    """The row has the entry's verdict, and its differing observations are the entry's, all and only."""
    differing = row.differing
    return (
        row.verdict == entry.verdict
        and {observation.name for observation in differing} == set(entry.observes)
        and all(_same(observation.value, entry.observes[observation.name]) for observation in differing)
    )


def _same(value: object, known: object) -> bool:
    if isinstance(known, dict):
        return _is_number(value) and abs(float(str(value)) - known["near"]) <= known["within"]
    if _is_number(value) and _is_number(known):
        return value == known
    return type(value) is type(known) and value == known


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
