"""`./cts run`: builds, drives pytest with its own reporter, and shows what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winsock_cts import display, results, selection, targets
from winsock_cts.build import build
from winsock_cts.counts import show_counts
from winsock_cts.errors import FAILED, WRONG_INPUT, BuildError, CtsError, InputError, TargetError
from winsock_cts.prove import write_kill_table
from winsock_cts.repeat import repeat
from winsock_cts.reporter import QuietReporter
from winsock_cts_reports import ledger as ledgers
from winsock_cts_reports import listing as listings
from winsock_cts_reports import record as records
from winsock_cts_reports.judge import exit_status, judge
from winsock_cts_reports.record import RunRecord

if TYPE_CHECKING:
    from winsock_cts.plugin import Session
    from winsock_cts.project import Project
    from winsock_cts.targetrun import TargetRun
    from winsock_cts.targets import Target
    from winsock_cts.timing import Timing
    from winsock_cts_reports.judge import Judgement
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.listing import Listing

PageWriter = Callable[[Sequence[RunRecord], "Ledger", "Listing", Path | None, Path], None]
"""Writes the page of records, with the kill table of a file where there is one."""

RUN_INI = Path(__file__).with_name("run.ini")
MOST_FAILURES = 20
KILL_TABLE_SECONDS = 60.0


@dataclass(frozen=True)
class RunOptions:
    """The command line of `./cts run`."""

    words: tuple[str, ...]
    out: Path
    expression: str | None
    areas: tuple[str, ...]
    timing: bool
    repeat: int
    exitfirst: bool
    last_failed: bool
    junitxml: Path | None
    jobs: int
    case_limit: float | None
    silence_limit: float | None
    no_build: bool


def run_targets(project: Project, options: RunOptions, write_page: PageWriter) -> int:
    """The whole command; returns the exit status, raises CtsError for what leaves nothing to show."""
    nodes = [word for word in options.words if selection.is_node(word)]
    names = [word for word in options.words if not selection.is_node(word)]
    asked = list(dict.fromkeys([*names, *selection.targets_of(nodes)]))
    chosen = targets.named(asked or targets.default_names())
    with results.kept_if_used(options.out):
        return _run(project, options, chosen, nodes, write_page)


def _run(
    project: Project,
    options: RunOptions,
    chosen: Sequence[Target],
    nodes: Sequence[str],
    write_page: PageWriter,
) -> int:
    problems: list[CtsError] = []
    usable = _available(chosen, problems)
    if not options.no_build:
        usable = _built(project, usable, problems)
    status = _tell(problems)
    if not usable:
        return status
    listing, ledger = listings.load(project.listing), ledgers.load(project.ledger)
    _check_areas(options.areas, ledger)
    lacking = {target.name for target in chosen} - {target.name for target in usable}
    left = [node for node in nodes if lacking.isdisjoint(selection.targets_of([node]))]
    if nodes and not left:
        return status
    places = selection.resolve(left, project, listing) or [str(project.root / "conformance")]
    with display.progress() as step:
        reporter = QuietReporter(step)
        code = pytest.main(_pytest_arguments(project, options, usable, places), plugins=[reporter])
    return _worst(status, _show(project, options, reporter, int(code), ledger, listing, write_page))


def _available(chosen: Sequence[Target], problems: list[CtsError]) -> list[Target]:
    for target in chosen:
        lacks = target.lacks()
        if lacks:
            problems.append(TargetError(f"{target.name}: {lacks}"))
    return [target for target in chosen if not target.lacks()]


def _built(project: Project, usable: Sequence[Target], problems: list[CtsError]) -> list[Target]:
    """Targets whose program is up to date; without the listing there is nothing to run at all."""
    with display.progress() as step:
        if usable:
            build(project, project.listing_preset, step)
        ready = []
        for target in usable:
            try:
                if target.preset != project.listing_preset:
                    build(project, target.preset, step)
                ready.append(target)
            except BuildError as problem:
                problems.append(problem)
    return ready


@dataclass(frozen=True)
class KillTable:
    """The file, and how long the program ran all faults for it."""

    file: Path
    seconds: float


def _kill_table(project: Project, folder: Path, runs: Iterable[TargetRun]) -> KillTable | None:
    """The table for the page, which can do without where the program holds no model.

    A program that has just failed as a whole is not asked: it would fail again, perhaps after a long wait.
    """
    tried = [run for run in runs if run.plan.target.preset == project.listing_preset]
    if any(run.failure or run.batch.failure for run in tried):
        return None
    try:
        if any(run.batch.overstayed for run in tried):
            raise CtsError("the program did not end by itself")
        file = folder.absolute() / results.KILLS
        seconds = write_kill_table(project.program(project.listing_preset), file, KILL_TABLE_SECONDS)
    except CtsError as problem:
        display.problem(f"no faults on the page: {problem}")
        return None
    return KillTable(file, seconds)


def _tell(problems: Sequence[CtsError]) -> int:
    for problem in problems:
        if isinstance(problem, BuildError):
            display.say(problem.output.rstrip())
        display.problem(str(problem))
    return _worst(*(problem.status for problem in problems))


def _worst(*statuses: int) -> int:
    return next((status for status in (WRONG_INPUT, FAILED, 1) if status in statuses), 0)


def _check_areas(areas: Sequence[str], ledger: Ledger) -> None:
    known = sorted({requirement.area for requirement in ledger.requirements.values()})
    for area in areas:
        if area not in known:
            raise InputError(f"unknown area {area!r}; there are {', '.join(known)}")


def _pytest_arguments(
    project: Project, options: RunOptions, usable: Sequence[Target], places: Sequence[str]
) -> list[str]:
    arguments = [
        *(
            "--rootdir",
            str(project.root),
            "-c",
            str(RUN_INI),
            "--confcutdir",
            str(project.root / "conformance"),
        ),
        *("-p", "winsock_cts.plugin", "-p", "no:terminal", "--capture=no", "--disable-plugin-autoload"),
        *("-o", f"cache_dir={project.root / 'build' / '.run_cache'}"),
        *("--cts-root", str(project.root), "--cts-out", str(options.out), "--jobs", str(options.jobs)),
        *(f"--cts-target={target.name}" for target in usable),
    ]
    if options.expression is not None:
        arguments += ["-k", options.expression]
    if options.exitfirst:
        arguments.append("-x")
    if options.last_failed:
        arguments.append("--lf")
    if options.junitxml is not None:
        arguments += ["--junitxml", str(options.junitxml)]
    if options.timing:
        arguments.append("--cts-timing")
    if options.case_limit is not None:
        arguments += ["--cts-case-limit", str(options.case_limit)]
    if options.silence_limit is not None:
        arguments += ["--cts-silence-limit", str(options.silence_limit)]
    return [*arguments, *places]


def _show(
    project: Project,
    options: RunOptions,
    reporter: QuietReporter,
    code: int,
    ledger: Ledger,
    listing: Listing,
    write_page: PageWriter,
) -> int:
    session = reporter.session
    if session is None or code == pytest.ExitCode.USAGE_ERROR:
        return WRONG_INPUT  # pytest has said why
    if code == pytest.ExitCode.NO_TESTS_COLLECTED and not reporter.problems:
        raise InputError(_nothing_selected(options, session, project))
    _show_failures(reporter.failures)
    failures = [run.failure for run in session.runs.values() if run.failure is not None]
    status = _tell(failures)
    broken = [f"{name}: {run.batch.failure}" for name, run in session.runs.items() if run.batch.failure]
    for line in (*broken, *reporter.problems, *session.problems):
        display.problem(line)
        status = _worst(status, FAILED)
    written = [records.load(file) for file in session.written.values()]
    judgements = [judge(record, ledger) for record in written]
    for name in session.runs.keys() - session.written.keys():
        if session.runs[name].failure is None and not session.runs[name].fold.results:
            display.problem(f"{name}: the run ended before it came to this target")
        status = _worst(status, FAILED)
    if code == pytest.ExitCode.INTERRUPTED:
        display.problem("interrupted; what was not run stands so in the records")
        status = _worst(status, FAILED)
    kills = None
    if judgements:
        page = None
        kills = _kill_table(project, options.out, session.runs.values())
        try:
            page = _write_page(options, written, session, ledger, listing, kills, write_page)
        except (CtsError, ValueError) as problem:
            display.problem(str(problem))
            status = _worst(status, FAILED)
        show_counts(judgements)
        _show_comparisons(judgements)
        status = _worst(status, exit_status(judgements, options.areas))
        status = _worst(status, _tell_absent_areas(judgements, options.areas))
        for file in session.written.values():
            print(f"record: {os.path.relpath(file)}")
        if page is not None:
            print(f"page: {os.path.relpath(page)}")
    for name, run in session.runs.items():
        if run.timing is not None:
            _show_timing(name, run.timing)
    if options.timing and kills is not None:
        print(f"timing faults: {kills.seconds:.3f} s for all faults of the model")
    if options.repeat > 1 and code != pytest.ExitCode.INTERRUPTED:
        status = _worst(
            status, repeat([run for run in session.runs.values() if _through(run)], options.repeat)
        )
    return status


def _through(run: TargetRun) -> bool:
    """Whether the whole plan was carried out."""
    return run.failure is None and run.batch.failure is None and not run.batch.stopped


def _nothing_selected(options: RunOptions, session: Session, project: Project) -> str:
    why = f": -k {options.expression!r} fits none" if options.expression else ""
    count = len(session.listing.cases)
    return f"no case is selected{why}; {os.path.relpath(project.listing)} lists all {count}"


def _show_failures(failures: Sequence[str]) -> None:
    for text in failures[:MOST_FAILURES]:
        display.say(f"\n{text}")
    if len(failures) > MOST_FAILURES:
        display.say(f"\n… and {len(failures) - MOST_FAILURES} more; the page has them all")
    if failures:
        display.say("")


def _tell_absent_areas(judgements: Sequence[Judgement], areas: Sequence[str]) -> int:
    """A line for each required area of which a record has no row: that is no answer either."""
    status = 0
    for judgement in judgements:
        there = {row.area for row in judgement.rows}
        for area in dict.fromkeys(areas):
            if area not in there:
                display.problem(f"{judgement.record.target}: no case of the required area {area} was planned")
                status = FAILED
    return status


def _show_comparisons(judgements: Sequence[Judgement]) -> None:
    """A line for each comparison that no row stands for and that is not as it should be."""
    for judgement in judgements:
        for key, comparison in judgement.unexpected_comparisons.items():
            display.problem(
                f"{judgement.record.target}: {key}: {comparison.summary}: {comparison.differences[0]}"
            )


def _write_page(
    options: RunOptions,
    written: Sequence[RunRecord],
    session: Session,
    ledger: Ledger,
    listing: Listing,
    kills: KillTable | None,
    write_page: PageWriter,
) -> Path:
    others, problems = results.other_records(options.out, list(session.written.values()))
    for line in problems:
        display.problem(f"left out of the page: {line}")
    order = list(targets.known())
    shown = sorted([*written, *others], key=lambda record: _place(record.target, order))
    page = options.out / results.PAGE
    write_page(shown, ledger, listing, kills.file if kills else None, page)
    return page


def _place(name: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)


def _show_timing(name: str, timing: Timing) -> None:
    if timing.problem:
        display.problem(f"timing {name}: {timing.problem}")
    if timing.batch is not None and timing.by_hand is not None and timing.ratio is not None:
        print(
            f"timing {name}: {timing.batch:.3f} s in the run, {timing.by_hand:.3f} s by hand in one process,"
            f" ratio {timing.ratio:.2f}"
        )
