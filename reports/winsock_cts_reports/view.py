"""Everything the page shows, as plain data: records judged, laid beside the ledger and the kill table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports import facets, facts, overview
from winsock_cts_reports.alike import same_answer
from winsock_cts_reports.case_view import CaseView, case_views
from winsock_cts_reports.cells import cell_text, telling_text
from winsock_cts_reports.judge import judge
from winsock_cts_reports.kills import kills_by_requirement
from winsock_cts_reports.ledger import states
from winsock_cts_reports.overview import VERBS
from winsock_cts_reports.requirement_view import About, about
from winsock_cts_reports.sections import followed
from winsock_cts_reports.visible import visible
from winsock_cts_reports.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from winsock_cts_reports.facts import Fact
    from winsock_cts_reports.judge import Judgement, Outcome, Row, Standing
    from winsock_cts_reports.kill_table import KillTable
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.listing import Listing
    from winsock_cts_reports.overview import Overview
    from winsock_cts_reports.record import Result, RunRecord, Verdict

AREA_TITLES = {
    "so_keepalive": "SO_KEEPALIVE",
    "sio_keepalive_vals": "SIO_KEEPALIVE_VALS",
    "inheritance": "Inheritance on accept",
    "states": "Socket states",
    "families": "Families, types and protocols",
    "interplay": "Both options together",
    "tcp_keep_options": "TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT",
    "spi": "Service provider interface",
    "wsk": "Winsock Kernel",
    "registry": "Registry values",
    "wire": "On the wire",
    "suite": "The suite itself",
    "": "Not in this ledger",
}


@dataclass(frozen=True)
class Target:
    """One column: a record and its verdict counts."""

    label: str
    description: str
    surface: str
    planned: int
    verdicts: Mapping[Verdict, int]


@dataclass(frozen=True)
class Cell:
    """A target's answer to a requirement; `share` says how many of several cases give it."""

    verdict: Verdict
    standing: Standing
    text: str
    share: str


@dataclass(frozen=True)
class Compared:
    """A target's rows set side by side, or those of two, where the requirement asks that; `differences` in
    words."""

    target: str
    summary: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class RowView:
    """One requirement across all targets; a cell is None where the target has no answer to it."""

    about: About
    cells: tuple[Cell | None, ...]
    differs: bool
    cases: tuple[CaseView, ...]
    compared: tuple[Compared, ...]


@dataclass(frozen=True)
class Area:
    """The requirements of one area, in the ledger's order."""

    name: str
    title: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class View:
    """The whole page."""

    overview: Overview
    targets: tuple[Target, ...]
    main_facts: tuple[Fact, ...]
    all_facts: tuple[Fact, ...]
    areas: tuple[Area, ...]


def build(
    records: Sequence[RunRecord],
    ledger: Ledger,
    listing: Listing | None,
    kills: KillTable | None,
    has_test: Callable[[str], bool] = bool,
) -> View:
    """The page's data. Without a listing the records alone say which requirements are tested; `has_test`
    says whether a named test of the suite exists."""
    judgements = tuple(judge(record, ledger) for record in records)
    labels = facts.labels(records)
    state = states(ledger, _bound(records, listing), has_test)
    faults = kills_by_requirement(kills) if kills is not None else {}
    known = [
        about(requirement, ledger, state[key], faults) for key, requirement in ledger.requirements.items()
    ]
    strangers = dict.fromkeys(
        row.requirement for record in records for row in record.results if row.requirement not in state
    )
    places = {case.name: f"{case.file}:{case.line}" for case in listing.cases} if listing else {}
    beside = _records_beside(records, ledger, labels)
    rows = _rows((*known, *map(About.unknown, strangers)), judgements, labels, places, beside)
    return View(
        overview=overview.build(judgements, labels, ledger, state, kills.faults if kills is not None else ()),
        targets=tuple(map(_target, records, labels)),
        main_facts=facts.main_facts(records, [followed(judgement, ledger) for judgement in judgements]),
        all_facts=facts.all_facts(records),
        areas=_areas(rows),
    )


def as_data(value: object) -> object:
    """The view as JSON values, every text in it made visible."""
    if isinstance(value, str):
        return visible(value)
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {visible(str(key)): as_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    return value


def _bound(records: Sequence[RunRecord], listing: Listing | None) -> Mapping[str, Sequence[str]]:
    bound = defaultdict(list, {key: list(names) for key, names in (listing.bound if listing else {}).items()})
    for record in records:
        for row in record.results:
            bound[row.requirement].append(row.case)
    return bound


def _target(record: RunRecord, label: str) -> Target:
    return Target(label, facts.describe(record), record.surface, record.planned, record.counts)


def _rows(
    abouts: Sequence[About],
    judgements: Sequence[Judgement],
    labels: Sequence[str],
    places: Mapping[str, str],
    beside: Mapping[str, Sequence[Compared]],
) -> tuple[RowView, ...]:
    by_requirement = [_by_requirement(judgement) for judgement in judgements]
    return tuple(
        _row(
            entry,
            [judgement.outcomes.get(entry.key) for judgement in judgements],
            [rows.get(entry.key, ()) for rows in by_requirement],
            [
                [outcome for key in entry.derived_from if (outcome := judgement.outcomes.get(key))]
                if entry.checked_by == "derived"
                else []
                for judgement in judgements
            ],
            labels,
            places,
            beside.get(entry.key, ()),
        )
        for entry in abouts
    )


def _by_requirement(judgement: Judgement) -> Mapping[str, Sequence[Row]]:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in judgement.rows:
        rows[row.result.requirement].append(row)
    return rows


def _row(
    entry: About,
    outcomes: Sequence[Outcome | None],
    rows: Sequence[Sequence[Row]],
    sources: Sequence[Sequence[Outcome]],
    labels: Sequence[str],
    places: Mapping[str, str],
    beside: Sequence[Compared],
) -> RowView:
    everywhere = [row.result for of_target in rows for row in of_target]
    cells = tuple(
        _cell(outcome, of_target, everywhere, of_sources)
        for outcome, of_target, of_sources in zip(outcomes, rows, sources, strict=True)
    )
    within = tuple(
        Compared(label, outcome.comparison.summary, outcome.comparison.differences)
        for label, outcome in zip(labels, outcomes, strict=True)
        if outcome is not None and outcome.comparison is not None
    )
    differs = _differs(outcomes, rows) or any(each.differences for each in beside)
    return RowView(entry, cells, differs, case_views(rows, places), (*within, *beside))


def _records_beside(
    records: Sequence[RunRecord], ledger: Ledger, labels: Sequence[str]
) -> Mapping[str, Sequence[Compared]]:
    """By requirement the records set beside each other, where it compares such."""
    return {
        key: tuple(
            Compared(
                f"{labels[pair.one]} beside {labels[pair.other]}",
                pair.comparison.summary,
                pair.comparison.differences,
            )
            for pair in facets.compare(
                records, facet, frozenset(ledger.named_by(requirement)), requirement.surfaces
            )
        )
        for key, requirement in ledger.requirements.items()
        if (facet := facets.facet_of(requirement)) is not None
    }


def _cell(
    outcome: Outcome | None, rows: Sequence[Row], everywhere: Sequence[Result], sources: Sequence[Outcome]
) -> Cell | None:
    if outcome is None:
        return None
    same = sum(row.result.verdict == outcome.verdict for row in rows)
    share = f"{same} of {len(rows)} cases" if 0 < same < len(rows) else ""
    text = _follows(outcome, sources) if sources else _text(outcome, rows, everywhere)
    return Cell(outcome.verdict, outcome.standing, text, share)


def _follows(outcome: Outcome, sources: Sequence[Outcome]) -> str:
    """How many of the requirements that a derived one stands on make it what it is."""
    if outcome.verdict in ("conforms", "recorded"):
        return ""
    same = sum(source.verdict == outcome.verdict for source in sources)
    verb = VERBS[outcome.verdict][same != 1]
    return f"follows from {counted(len(sources), 'requirement', 'requirements')}, {same} {verb}"


def _text(outcome: Outcome, rows: Sequence[Row], everywhere: Sequence[Result]) -> str:
    """What a comparison found. Where all targets conform, or all only recorded, what one of them yet saw
    otherwise than another."""
    if outcome.comparison is not None:
        return outcome.comparison.summary
    quiet = {result.verdict for result in everywhere} in ({"conforms"}, {"recorded"})
    telling = telling_text([row.result for row in rows], everywhere) if quiet else ""
    return telling or cell_text(outcome.verdict, rows)


def _differs(outcomes: Sequence[Outcome | None], rows: Sequence[Sequence[Row]]) -> bool:
    """Two targets that both have an answer give another verdict or see something else."""
    if len({outcome.verdict for outcome in outcomes if outcome is not None}) > 1:
        return True
    answers = [{row.result.case: row.result for row in of_target} for of_target in rows]
    first_seen = {case: result for answer in reversed(answers) for case, result in answer.items()}
    return any(
        not same_answer(result, first_seen[case]) for answer in answers for case, result in answer.items()
    )


def _areas(rows: Sequence[RowView]) -> tuple[Area, ...]:
    by_area: defaultdict[str, list[RowView]] = defaultdict(list)
    for row in rows:
        by_area[row.about.area].append(row)
    order = [
        *(name for name in AREA_TITLES if name),
        *(name for name in by_area if name not in AREA_TITLES),
        "",
    ]
    return tuple(
        Area(name, AREA_TITLES.get(name, name), tuple(by_area[name])) for name in order if name in by_area
    )
