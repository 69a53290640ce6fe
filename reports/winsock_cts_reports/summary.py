"""Verdict counts of each target as data, for the command line to print."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.judge import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from winsock_cts_reports.judge import Judgement, Standing
    from winsock_cts_reports.record import Verdict


@dataclass(frozen=True)
class TargetSummary:
    """One target's run in numbers: rows by verdict and by standing, both with zeros."""

    target: str
    surface: str
    planned: int
    complete: bool
    seconds: float
    verdicts: Mapping[Verdict, int]
    standings: Mapping[Standing, int]


def summarise(judgements: Iterable[Judgement]) -> list[TargetSummary]:
    """One summary for each record, in their order."""
    return [_summary(judgement) for judgement in judgements]


def _summary(judgement: Judgement) -> TargetSummary:
    record = judgement.record
    standings = Counter(row.standing for row in judgement.rows)
    return TargetSummary(
        target=record.target,
        surface=record.surface,
        planned=record.planned,
        complete=record.complete,
        seconds=record.seconds,
        verdicts=record.counts,
        standings={standing: standings[standing] for standing in STANDINGS},
    )
