"""How the case of a running batch stands against the ledger, and the words for a person who reads why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winsock_cts_reports.judge import judge
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts.targetrun import TargetRun
    from winsock_cts_reports.judge import Row
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.record import Observation, Result

MOST_EVIDENCE = 60


def standing(run: TargetRun, result: Result, ledger: Ledger) -> Row:
    """The judged row. A deviating member of a conflict stands as the others let it: they are waited for."""
    requirement = ledger.requirements.get(result.requirement)
    rows: Sequence[Result] = [result]
    if result.verdict == "deviates" and requirement is not None and requirement.conflict is not None:
        run.batch.wait_for(run.fold.cases)
        rows = run.fold.rows()
    judgement = judge(run.record_of(rows, "one case being judged"), ledger)
    return next(row for row in judgement.rows if row.result is result or row.result == result)


def failure_text(row: Row, ledger: Ledger) -> str:
    """What was documented, what was seen, and the calls: enough to repeat it by hand."""
    result = row.result
    requirement = ledger.requirements.get(result.requirement)
    lines = [f"{result.case} on {result.surface}: {result.verdict}, {row.standing}"]
    if row.words:
        lines.append(f"  {visible(row.words)}")
    if result.reason is not None:
        lines.append(f"  {visible(result.reason.words)}")
    lines.append(f"  requirement {result.requirement}")
    if requirement is not None:
        lines.append(f"    {requirement.statement}")
        lines.extend(f"    source: {source.code}, {source.at}" for source in requirement.sources)
    lines.extend(f"  {_compared(observation)}" for observation in result.differing)
    if result.evidence:
        lines.append("  calls:")
        lines.extend(f"    {visible(line)}" for line in result.evidence[:MOST_EVIDENCE])
        if len(result.evidence) > MOST_EVIDENCE:
            lines.append(f"    … {len(result.evidence) - MOST_EVIDENCE} more")
    return "\n".join(lines)


def _compared(observation: Observation) -> str:
    unit = f" {observation.unit}" if observation.unit else ""
    expected = " or ".join(visible(str(value), 500) for value in observation.documented)
    tolerance = f" (± {observation.tolerance:g})" if observation.tolerance else ""
    observed = visible(str(observation.value), 500)
    return f"{visible(observation.name)}: observed {observed}{unit}, expected {expected}{unit}{tolerance}"
