"""The table of how the cases of one or more runs came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winsock_cts import display
from winsock_cts_reports.record import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts_reports.judge import Judgement, Standing

STANDINGS_OF_OTHERS: tuple[Standing, ...] = ("known", "reported", "conflict", "unexpected")


def show_counts(judgements: Sequence[Judgement]) -> None:
    """A column for each run: its verdicts, and how those stand that ran and do not conform."""
    targets = [judgement.record.target for judgement in judgements]
    rows: list[list[object]] = [["planned", *(judgement.record.planned for judgement in judgements)]]
    for verdict in VERDICTS:
        rows.append([verdict, *(judgement.record.counts[verdict] for judgement in judgements)])
        if verdict == "conforms":
            rows.append(["of these stale", *_standing("stale", judgements)])
    display.table(["verdicts", *targets], rows)
    print()
    rows = [[standing, *_standing(standing, judgements)] for standing in STANDINGS_OF_OTHERS]
    display.table(["of deviates, crashed, timed-out", *targets], rows)


def _standing(standing: Standing, judgements: Sequence[Judgement]) -> list[int]:
    return [sum(row.standing == standing for row in judgement.rows) for judgement in judgements]
