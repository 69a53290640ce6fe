"""What a record's verdicts mean against the ledger: expected, unexpected or stale. Verdicts never change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from winsock_cts_reports import excuse, families, fingerprint
from winsock_cts_reports.windows_versions import in_span
from winsock_cts_reports.words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from winsock_cts_reports.ledger import Deviation, Ledger, Requirement
    from winsock_cts_reports.record import Result, RunRecord, Verdict
    from winsock_cts_reports.side_by_side import Comparison

Standing = Literal["error", "unexpected", "stale", "conflict", "known", "reported", "ok", "not-run"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

WORST_VERDICT_FIRST: tuple[Verdict, ...] = (
    "crashed",
    "timed-out",
    "error",
    "deviates",
    "conforms",
    "recorded",
    "not-run",
)
UNSETTLED: Mapping[Verdict, str] = {
    "deviates": "deviates as well",
    "crashed": "crashed",
    "timed-out": "timed out",
    "error": "is an error of the suite",
    "recorded": "was not judged",
    "not-run": "was not run",
}
JUDGED: frozenset[Verdict] = frozenset({"conforms", "deviates", "crashed", "timed-out"})

Ordered = TypeVar("Ordered", bound=str)


@dataclass(frozen=True)
class Row:
    """One row of the record and how it stands; `entry` is the deviation that says so, `words` why."""

    result: Result
    area: str
    standing: Standing
    entry: Deviation | None = None
    words: str = ""


@dataclass(frozen=True)
class Outcome:
    """A requirement on this record: the worst of its cases, or of the requirements it is derived from, or
    what a comparison of rows gave."""

    verdict: Verdict
    standing: Standing
    comparison: Comparison | None = None


@dataclass(frozen=True)
class StaleEntry:
    """A known deviation that is no longer seen, with the conforming cases that show it."""

    entry: Deviation
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """A record judged: `rows` in the record's order, `outcomes` of every requirement that has an answer."""

    record: RunRecord
    rows: tuple[Row, ...]
    outcomes: Mapping[str, Outcome]
    stale: tuple[StaleEntry, ...]

    @property
    def unexpected_comparisons(self) -> Mapping[str, Comparison]:
        """By requirement the comparisons that found rows apart, which no row stands for."""
        return {
            key: outcome.comparison
            for key, outcome in self.outcomes.items()
            if outcome.comparison is not None and outcome.standing == "unexpected"
        }


def judge(record: RunRecord, ledger: Ledger) -> Judgement:
    """How each row stands. Pure: the same record and ledger give the same judgement, in any row order."""
    compared = _compared(record, ledger)
    verdicts = _requirement_verdicts(record, compared, ledger)
    conforming = _conforming_members(verdicts, ledger)
    entries = excuse.in_force(record, ledger.deviations)
    rows = tuple(_row(result, ledger, entries, conforming, verdicts) for result in record.results)
    return Judgement(record, rows, _outcomes(rows, verdicts, compared, ledger), _stale_entries(rows, entries))


def exit_status(judgements: Iterable[Judgement], require: Collection[str] = ()) -> int:
    """0 nothing unexpected; 1 an unexpected verdict or stale entry; 3 an error, an interrupted run, nothing
    judged, or a not-run case in a `require`d area. 3 before 1."""
    judged = tuple(judgements)
    if not judged or any(_incomplete(judgement, require) for judgement in judged):
        return 3
    standings = {outcome.standing for judgement in judged for outcome in judgement.outcomes.values()}
    return 1 if standings & {"unexpected", "stale"} else 0


def worst(found: Iterable[Ordered], order: Sequence[Ordered]) -> Ordered:
    """Of what was found, what stands first in `order`."""
    return min(found, key=order.index)


def _incomplete(judgement: Judgement, require: Collection[str]) -> bool:
    verdicts = {row.result.verdict for row in judgement.rows}
    return (
        "error" in verdicts
        or judgement.record.interrupted
        or not verdicts & JUDGED
        or any(row.result.verdict == "not-run" and row.area in require for row in judgement.rows)
    )


def _compared(record: RunRecord, ledger: Ledger) -> dict[str, Outcome]:
    """The comparisons that one record answers. One of other Windows versions only records."""
    found = {}
    version = fingerprint.field(record.fingerprint, "os.version")
    for key, requirement in ledger.requirements.items():
        if requirement.compares != "families":
            continue
        rows = (result for result in record.results if result.surface in requirement.surfaces)
        comparison = families.compare(rows, frozenset(ledger.named_by(requirement)))
        if comparison is None:
            continue
        span = requirement.windows
        if requirement.level == "observation" or not in_span(version, span.since, span.until):
            found[key] = Outcome("recorded", "ok", comparison)
        elif comparison.differences:
            found[key] = Outcome("deviates", "unexpected", comparison)
        else:
            found[key] = Outcome("conforms", "ok", comparison)
    return found


def _requirement_verdicts(
    record: RunRecord, compared: Mapping[str, Outcome], ledger: Ledger
) -> dict[str, Verdict]:
    by_requirement: defaultdict[str, list[Verdict]] = defaultdict(list)
    for result in record.results:
        by_requirement[result.requirement].append(result.verdict)
    own = {key: worst(verdicts, WORST_VERDICT_FIRST) for key, verdicts in by_requirement.items()}
    own |= {key: outcome.verdict for key, outcome in compared.items()}
    derived = _derive(own, WORST_VERDICT_FIRST, ledger)
    for key, verdict in derived.items():
        if verdict in JUDGED and _is_derived_observation(key, ledger):
            derived[key] = "recorded"
    return own | derived


def _derive(own: Mapping[str, Ordered], order: Sequence[Ordered], ledger: Ledger) -> dict[str, Ordered]:
    """For each derived requirement the worst of its sources, which may be derived themselves."""

    def answers(requirement: Requirement, seen: frozenset[str]) -> Iterable[Ordered]:
        for key in ledger.named_by(requirement):
            source = ledger.requirements.get(key)
            if source is not None and source.checked_by == "derived" and key not in seen:
                yield from answers(source, seen | {key})
            elif key in own:
                yield own[key]

    found = {
        key: tuple(answers(requirement, frozenset({key})))
        for key, requirement in ledger.requirements.items()
        if requirement.checked_by == "derived"
    }
    return {key: worst(sources, order) for key, sources in found.items() if sources}


def _is_derived_observation(key: str, ledger: Ledger) -> bool:
    requirement = ledger.requirements.get(key)
    return (
        requirement is not None and requirement.checked_by == "derived" and requirement.level == "observation"
    )


def _conforming_members(verdicts: Mapping[str, Verdict], ledger: Ledger) -> Mapping[str, frozenset[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for key, verdict in verdicts.items():
        requirement = ledger.requirements.get(key)
        if verdict == "conforms" and requirement is not None and requirement.conflict is not None:
            members[requirement.conflict.id].add(key)
    return {conflict: frozenset(keys) for conflict, keys in members.items()}


def _row(
    result: Result,
    ledger: Ledger,
    entries: Sequence[Deviation],
    conforming: Mapping[str, frozenset[str]],
    verdicts: Mapping[str, Verdict],
) -> Row:
    requirement = ledger.requirements.get(result.requirement)
    area = requirement.area if requirement is not None else ""
    if result.verdict == "error":
        return Row(result, area, "error")
    if result.verdict == "not-run":
        return Row(result, area, "not-run")
    about = excuse.about(result, entries)
    if result.verdict in ("conforms", "recorded"):
        return _quiet_row(result, area, about)
    for entry in about:
        if excuse.excuses(entry, result):
            return Row(result, area, "reported" if entry.reported else "known", entry, entry.reason)
    words = [f"not what is known here: {about[0].reason}"] if about else []
    if result.verdict == "deviates" and requirement is not None and requirement.conflict is not None:
        others = conforming.get(requirement.conflict.id, frozenset()) - {requirement.key}
        if others:
            return Row(result, area, "conflict", None, f"{min(others)} conforms instead")
        words.append(_unsettled(requirement.key, requirement.conflict.id, verdicts, ledger))
    return Row(result, area, "unexpected", None, "; ".join(words))


def _unsettled(key: str, conflict: str, verdicts: Mapping[str, Verdict], ledger: Ledger) -> str:
    """Why no other member of the conflict explains that this one deviates."""
    others = [
        f"{other} {UNSETTLED[verdicts.get(other, 'not-run')]}"
        for other, requirement in ledger.requirements.items()
        if other != key and requirement.conflict is not None and requirement.conflict.id == conflict
    ]
    return f"documents contradict each other here ({conflict}): {listed(others) or 'no other claim is known'}"


def _quiet_row(result: Result, area: str, about: Sequence[Deviation]) -> Row:
    for entry in about:
        if result.verdict == "conforms" and not entry.reported:
            return Row(result, area, "stale", entry, f"conforms, but is known to deviate: {entry.reason}")
    return Row(result, area, "ok")


def _outcomes(
    rows: Sequence[Row], verdicts: Mapping[str, Verdict], compared: Mapping[str, Outcome], ledger: Ledger
) -> dict[str, Outcome]:
    by_requirement: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        by_requirement[row.result.requirement].append(row.standing)
    own = {key: worst(standings, STANDINGS) for key, standings in by_requirement.items()}
    own |= {key: outcome.standing for key, outcome in compared.items()}
    derived = _derive(own, STANDINGS, ledger)
    for key in derived:
        if verdicts[key] == "recorded" and _is_derived_observation(key, ledger):
            derived[key] = "ok"
    standings = own | derived
    return {key: Outcome(verdict, standings[key]) for key, verdict in verdicts.items()} | dict(compared)


def _stale_entries(rows: Sequence[Row], entries: Sequence[Deviation]) -> tuple[StaleEntry, ...]:
    stale = [(entry, _stale_cases(rows, entry)) for entry in entries]
    return tuple(StaleEntry(entry, cases) for entry, cases in stale if cases)


def _stale_cases(rows: Sequence[Row], entry: Deviation) -> tuple[str, ...]:
    return tuple(sorted(row.result.case for row in rows if row.standing == "stale" and row.entry is entry))
