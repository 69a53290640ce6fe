"""`./cts run --repeat N`: the same run again, and whether every row says the same each time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from winsock_cts import display
from winsock_cts.errors import FAILED
from winsock_cts.targetrun import TargetRun
from winsock_cts_reports.repeats import wavering
from winsock_cts_reports.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts_reports.record import RunRecord

DIFFERS = 1


def repeat(runs: Sequence[TargetRun], times: int) -> int:
    """Run each of the finished runs until there are `times` of it, and print the rows that differ.

    The status: 0 where none does, 1 where any does, 3 where a target could not be run as often as that.
    """
    records = {run.plan.target.name: _records(run, times) for run in runs}
    differing = [
        (target, each.case, each.what, value, often)
        for target, found in records.items()
        for each in wavering(found)
        for value, often in each.values
    ]
    if differing:
        display.table(["target", "case", "what", "value", "runs"], differing)
    if any(len(found) < times for found in records.values()):
        return FAILED
    rows = len({(target, case) for target, case, *_ in differing})
    number = counted(rows, "row differs", "rows differ") if rows else "no row differs"
    print(f"{number} in {times} runs of {counted(len(records), 'target', 'targets')}")
    return DIFFERS if rows else 0


def _records(run: TargetRun, times: int) -> list[RunRecord]:
    """Of the finished run and its repetitions; fewer than `times`, and a line, where one could not run."""
    target = run.plan.target.name
    records = [record for record in [run.record()] if record is not None]
    with display.progress() as step:
        for number in range(2, times + 1):
            step(f"{target} again", number - 2, times - 1)
            again = TargetRun(replace(run.plan, timing=False))
            again.run()
            record, broken = again.record(), again.failure or again.batch.failure
            if broken or record is None:
                display.problem(f"{target}: run {number} of {times}: {broken or 'nothing ran'}")
                break
            records.append(record)
            step(f"{target} again", number - 1, times - 1)
    return records
