"""The pytest plugin: cases of the test program as items that hang on their C++ sources.

Items are collected from the listing that the build writes; no target is started for that. After deselection
one batch for each target starts in a thread of its own, and the items wait for their rows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from winsock_cts import selection, targets, verdicts
from winsock_cts.batch import Limits
from winsock_cts.errors import CtsError, InputError
from winsock_cts.project import HERE, Project
from winsock_cts.results import save_record
from winsock_cts.targetrun import Plan, TargetRun

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from winsock_cts.targets import Target
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.listing import ListedCase, Listing

NO_XDIST = "-n is not for targets, whose cases share one process; use --jobs N to run N targets at a time"


@dataclass
class Session:
    """What one pytest session knows of targets and cases."""

    project: Project
    targets: Sequence[Target]
    listing: Listing
    ledger: Ledger
    limits: Limits
    jobs: int
    timing: bool
    runs: dict[str, TargetRun] = field(default_factory=dict)
    written: dict[str, Path] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def cases_of(self, target: Target) -> list[ListedCase]:
        """Every case of the listing that this target's surface has."""
        return [case for case in self.listing.cases if target.surface in case.surfaces]


SESSION: pytest.StashKey[Session] = pytest.StashKey()


class CaseError(Exception):
    """A case that stands otherwise than expected; the text is what the user reads."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `pytest conformance`; `./cts run` sets them."""
    group = parser.getgroup("winsock-cts")
    group.addoption("--cts-target", action="append", default=[], metavar="NAME", help="run on this target")
    group.addoption("--cts-out", metavar="DIR", help="write run records into this folder")
    group.addoption("--cts-root", metavar="DIR", default=str(HERE), help="the project's folder")
    group.addoption(
        "--cts-case-limit", type=float, default=Limits.case, metavar="SECONDS", help="for one case"
    )
    group.addoption(
        "--cts-silence-limit",
        type=float,
        default=Limits.silence,
        metavar="SECONDS",
        help="for the time in which no case starts",
    )
    group.addoption("--cts-timing", action="store_true", help="run the cases by hand as well")
    group.addoption("--jobs", type=int, default=1, metavar="N", help="run N targets at a time")
    try:
        group._addoption("-n", "--numprocesses", dest="numprocesses", help="refused; see --jobs")
    except ValueError:
        return  # pytest-xdist is there and has it


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot work before anything is collected."""
    if not config.getoption("--cts-target") and not _named_by_nodes(config):
        return
    if config.getoption("numprocesses", None) is not None:
        raise pytest.UsageError(NO_XDIST)
    _session(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A C++ source of the conformance folder is a file of cases."""
    root = Path(parent.config.getoption("--cts-root"))
    if not file_path.name.endswith("_test.cpp") or root / "conformance" not in file_path.parents:
        return None
    return CaseFile.from_parent(parent, path=file_path)


class CaseFile(pytest.File):
    """The cases of one source file, for each target."""

    def collect(self) -> Iterable[pytest.Item]:
        session = _session(self.config)
        file = self.path.relative_to(session.project.root).as_posix()
        for target in session.targets:
            for case in session.cases_of(target):
                if case.file == file:
                    parameters = f"{target.name}-{case.param}" if case.param else target.name
                    name = f"{case.suite}.{case.case}[{parameters}]"
                    # As text, so that pytest tells the brackets' content from the name, as for its own items.
                    nodeid = f"{self.nodeid}::{name}"
                    yield CaseItem.from_parent(self, name=name, nodeid=nodeid, case=case, target=target)


class CaseItem(pytest.Item):
    """One case on one target; running it means waiting for its row."""

    def __init__(self, *, case: ListedCase, target: Target, **others: Any) -> None:
        super().__init__(**others)
        self.case = case
        self.target = target
        self.extra_keyword_matches |= {case.requirement, case.area, case.name}

    def runtest(self) -> None:
        session = self.config.stash[SESSION]
        run = session.runs[self.target.name]
        result = run.result(self.case.name)
        if result is None:
            raise CaseError(str(run.failure or f"{self.target.name}: the run ended before this case"))
        row = verdicts.standing(run, result, session.ledger)
        self.user_properties += [
            ("verdict", result.verdict),
            ("standing", row.standing),
            ("requirement", result.requirement),
        ]
        if row.standing in ("known", "reported", "conflict"):
            pytest.xfail(f"{row.standing}: {row.words}")
        if row.standing == "not-run":
            reason = result.reason
            pytest.skip(f"{reason.code}: {reason.words}" if reason else "not run")
        if row.standing != "ok":
            raise CaseError(verdicts.failure_text(row, session.ledger))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CaseError | pytest.xfail.Exception):
            return str(excinfo.value)  # where in Python it was raised says nothing, and takes long to tell
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One target after the other, as their batches run."""
    found = [item.target.name for item in items if isinstance(item, CaseItem)]
    order = {name: place for place, name in enumerate(dict.fromkeys(found))}
    items.sort(key=lambda item: order[item.target.name] if isinstance(item, CaseItem) else len(order))


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Start the batches, and in the end wait for them, however the loop was left."""
    cts = session.config.stash.get(SESSION, None)
    if cts is None or session.config.option.collectonly:
        return (yield)
    for target in cts.targets:
        chosen = [item for item in session.items if isinstance(item, CaseItem) and item.target is target]
        if chosen:
            cts.runs[target.name] = TargetRun(_plan(cts, target, [item.case for item in chosen]))
    with ThreadPoolExecutor(max_workers=max(1, cts.jobs)) as threads:
        carried = [threads.submit(run.run) for run in cts.runs.values()]
        try:
            result = yield
            for future in carried:
                future.result()
        except BaseException:
            for run in cts.runs.values():
                run.batch.stop()
            raise
    return result


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the records of what ran; the session fails where one cannot be written."""
    cts = session.config.stash.get(SESSION, None)
    folder = session.config.getoption("--cts-out", None)
    if cts is None or folder is None:
        return
    for run in cts.runs.values():
        try:
            record = run.record()
            if record is not None:
                cts.written[run.plan.target.name] = save_record(record, Path(folder))
        except (CtsError, ValueError) as problem:
            cts.problems.append(str(problem))
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what could not be written."""
    for problem in config.stash[SESSION].problems if SESSION in config.stash else ():
        terminalreporter.write_line(f"winsock-cts: {problem}", red=True)


def _named_by_nodes(config: pytest.Config) -> list[str]:
    """The targets in the brackets of the node ids on the command line."""
    return selection.targets_of(word for word in config.args if "_test.cpp::" in word)


def _target_names(config: pytest.Config) -> list[str]:
    """Those asked for, else those that node ids name, else the default; a node id of another is refused."""
    nodes = _named_by_nodes(config)
    names = [*config.getoption("--cts-target")] or nodes or [*targets.default_names()[:1]]
    missing = [name for name in nodes if name not in names]
    if missing:
        raise InputError(f"a node id is of the target {missing[0]}; add --cts-target {missing[0]}")
    return names


def _session(config: pytest.Config) -> Session:
    """What the options say, read once; UsageError in one line where it does not hold."""
    from winsock_cts_reports import ledger as ledgers
    from winsock_cts_reports import listing as listings

    if SESSION not in config.stash:
        project = Project(Path(config.getoption("--cts-root")).resolve())
        try:
            config.stash[SESSION] = Session(
                project=project,
                targets=targets.named(_target_names(config)),
                listing=listings.load(project.listing),
                ledger=ledgers.load(project.ledger),
                limits=Limits(config.getoption("--cts-case-limit"), config.getoption("--cts-silence-limit")),
                jobs=config.getoption("--jobs"),
                timing=config.getoption("--cts-timing"),
            )
        except (CtsError, ValueError) as problem:
            raise pytest.UsageError(str(problem)) from None
    return config.stash[SESSION]


def _plan(cts: Session, target: Target, chosen: Sequence[ListedCase]) -> Plan:
    every = cts.cases_of(target)
    names = {case.name for case in chosen}
    cases = [case for case in every if case.name in names]
    return Plan(
        target=target,
        program=cts.project.program(target.preset),
        listing=cts.listing,
        cases=cases,
        selection="all" if len(cases) == len(every) else f"{len(cases)} of {len(every)} cases",
        limits=cts.limits,
        timing=cts.timing,
    )
