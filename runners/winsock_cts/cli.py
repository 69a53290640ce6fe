"""The command line: `./cts COMMAND`. It alone joins the runner with the reports."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from winsock_cts import __version__, display, targets
from winsock_cts.errors import FAILED, WRONG_INPUT, BuildError, CtsError
from winsock_cts.project import HERE, Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.listing import Listing
    from winsock_cts_reports.record import RunRecord

RESULTS = Path("results")
TRACE_VARIABLE = "WINSOCK_CTS_TRACE"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="winsock-cts")
@click.option(
    "--root", type=click.Path(path_type=Path), default=HERE, help="The project's folder.", hidden=True
)
@click.pass_context
def cts(context: click.Context, root: Path) -> None:
    """Conformance test suite for the Windows keep-alive socket features.

    Exit status: 0 nothing unexpected; 1 an unexpected verdict or a stale known deviation; 2 wrong usage or
    input; 3 an error, an interrupted run, or a target with nothing judged.
    """
    context.obj = Project(root.resolve())


@cts.command()
@click.argument("words", nargs=-1, metavar="[TARGET|NODE]...")
@click.option(
    "--out", type=click.Path(path_type=Path), default=RESULTS, show_default=True, help="Results folder."
)
@click.option("-k", "expression", metavar="EXPR", help="Only cases whose names match, as in pytest.")
@click.option(
    "--require",
    "areas",
    multiple=True,
    metavar="AREA",
    help="Any not-run case there is a failure, and so is none at all.",
)
@click.option(
    "--timing",
    is_flag=True,
    help="Run the cases by hand as well, and compare the times; tell the time of the model's faults, too.",
)
@click.option(
    "--repeat",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Run N times in a row, and print the rows that do not say the same each time.",
)
@click.option("-x", "--exitfirst", is_flag=True, help="Stop at the first failure.")
@click.option("--lf", "--last-failed", "last_failed", is_flag=True, help="Only what failed last time.")
@click.option(
    "--junitxml", type=click.Path(path_type=Path), metavar="FILE", help="Write a JUnit report, too."
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Targets run at a time.")
@click.option("--case-limit", type=click.FloatRange(0, min_open=True), help="Seconds that one case may take.")
@click.option("--silence-limit", type=click.FloatRange(0, min_open=True), help="Seconds without any case.")
@click.option("--no-build", is_flag=True, help="Take the programs as they are.")
@click.pass_obj
def run(project: Project, /, words: tuple[str, ...], **options: Any) -> None:
    """Run the cases on TARGETs and write records and a page.

    A TARGET is one of those that `./cts targets` lists (default: model and wine on Linux, wine-x86 as well
    where Wine runs 32-bit programs, windows on Windows); a NODE is a pytest node id such as

    \b
    conformance/so_keepalive/get_test.cpp::FreshSocket.IsOff[wine-tcp4]
    """
    from winsock_cts.runcommand import RunOptions, run_targets

    if options["repeat"] > 1 and options["exitfirst"]:
        raise click.UsageError("--repeat compares whole runs; leave -x out")
    sys.exit(run_targets(project, RunOptions(words=words, **options), _page_of))


@cts.command(name="test")
@click.option("--step", "steps", multiple=True, metavar="NAME", help="Only this step; may be repeated.")
@click.pass_obj
def check(project: Project, steps: tuple[str, ...]) -> None:
    """Check the suite itself: builds, lint, ledger, tests, faults and a whole run."""
    from winsock_cts.checks import check_all

    sys.exit(check_all(project, steps))


@cts.command(name="targets")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_targets(as_json: bool) -> None:
    """List what can be run on, and why not."""
    found = [
        {
            "name": target.name,
            "what": target.what,
            "surface": target.surface,
            "available": target.lacks() is None,
            "lacks": target.lacks(),
        }
        for target in targets.known().values()
    ]
    if as_json:
        _print_json({"targets": found})
        return
    display.table(
        ["target", "what", "available"],
        [[each["name"], each["what"], each["lacks"] or "yes"] for each in found],
    )


@cts.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every requirement.")
@click.option("--lint", is_flag=True, help="Only look for mistakes, such as deviations of no case.")
@click.option("--no-build", is_flag=True, help="Take the listing of cases as it is.")
@click.pass_obj
def ledger(project: Project, as_json: bool, lint: bool, no_build: bool) -> None:
    """Count the documented requirements by level, surface and state.

    A requirement is tested as soon as something tests it; among the surfaces it counts for each of its own,
    as tested only where a case of it runs.
    """
    from winsock_cts.ledgercounts import show_counts
    from winsock_cts_reports import ledger as ledgers

    loaded = ledgers.load(project.ledger)
    listing = _listing(project, no_build)
    if lint:
        mistakes = ledgers.lint(loaded, [case.name for case in listing.cases])
        for line in mistakes:
            display.problem(line)
        print(f"{len(loaded.requirements)} requirements, {len(mistakes)} mistakes")
        sys.exit(1 if mistakes else 0)
    states = ledgers.states(loaded, listing.bound, project.has_test)
    on_surfaces = ledgers.states_on_surfaces(loaded, listing.bound_on, project.has_test)
    if as_json:
        rows = [
            {
                "key": requirement.key,
                "row": requirement.row,
                "area": requirement.area,
                "level": requirement.level,
                "surfaces": list(requirement.surfaces),
                "checked_by": requirement.checked_by,
                "state": states[key],
                "states": on_surfaces[key],
                "statement": requirement.statement,
                "cases": list(listing.bound.get(key, ())),
            }
            for key, requirement in loaded.requirements.items()
        ]
        _print_json({"requirements": rows})
        return
    show_counts(loaded, states, on_surfaces)


@cts.command()
@click.argument("files", nargs=-1, required=True, metavar="RUN.json...", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("report.html"), show_default=True)
@click.pass_obj
def report(project: Project, files: tuple[Path, ...], out: Path) -> None:
    """Set run records side by side on one page.

    Which requirements are tested is told only where the test program was built. A record that is given twice
    stands there once. The counts are shown as after a run, but the exit status is 0 as soon as the page is
    written, whatever the records say.
    """
    from winsock_cts.counts import show_counts
    from winsock_cts_reports import ledger as ledgers
    from winsock_cts_reports.judge import judge

    loaded = ledgers.load(project.ledger)
    listing = _listing(project, no_build=True) if project.listing.is_file() else None
    records = _records(files, loaded)
    _page_of(records, loaded, listing, None, out)
    show_counts([judge(record, loaded) for record in records])
    print(f"page: {out}")


@cts.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=RESULTS, show_default=True, help="Results folder."
)
@click.option("--no-build", is_flag=True, help="Take the program as it is.")
@click.pass_obj
def prove(project: Project, as_json: bool, out: Path, no_build: bool) -> None:
    """Show that every case fails where it should: run the model's faults and check what each kills."""
    from winsock_cts.prove import write_kill_table
    from winsock_cts.results import KILLS
    from winsock_cts_reports import kills
    from winsock_cts_reports import ledger as ledgers

    listing = _listing(project, no_build)
    file = out.absolute() / KILLS
    seconds = write_kill_table(project.program("native"), file)
    table = kills.load(file)
    defects = kills.check(table, listing, ledgers.load(project.ledger))
    details = [
        {"name": fault.name, "breaks": sorted(fault.breaks), "killed": sorted(fault.killed)}
        for fault in table.faults
    ]
    killed = sum(bool(fault["killed"]) for fault in details)
    if as_json:
        _print_json(
            {
                "ok": not defects,
                "faults": len(details),
                "killed": killed,
                "seconds": seconds,
                "defects": defects,
                "faults_detail": details,
            }
        )
    else:
        display.table(
            ["fault", "breaks", "kills"],
            [[fault["name"], len(fault["breaks"]), len(fault["killed"])] for fault in details],
        )
        for defect in defects:
            display.problem(defect)
        print(f"{len(details)} faults, {killed} killed, {len(defects)} defects in {seconds:.1f} s")
        print(f"kill table: {file}")
    sys.exit(1 if defects else 0)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its status; whatever is wrong is one line, never a stack trace."""
    from winsock_cts_reports.jsonfile import FileError

    signal.signal(signal.SIGTERM, _interrupt)
    display.outlive_readers()
    try:
        status = _carry_out(arguments)
        sys.stdout.flush()
        sys.exit(status)
    except click.exceptions.NoArgsIsHelpError as helped:
        display.say(helped.format_message())
        sys.exit(WRONG_INPUT)
    except click.UsageError as problem:
        where = problem.ctx.command_path if problem.ctx else "./cts"
        _fail(f"{problem.format_message()} (see {where} --help)", WRONG_INPUT)
    except click.ClickException as problem:
        _fail(problem.format_message(), WRONG_INPUT)
    except BuildError as problem:
        display.say(problem.output.rstrip())
        _fail(str(problem), problem.status)
    except CtsError as problem:
        _fail(str(problem), problem.status)
    except FileError as problem:
        _fail(str(problem), WRONG_INPUT)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted", FAILED)
    except OSError as problem:
        place = f"{problem.filename}: " if problem.filename else ""
        _fail(f"{place}{problem.strerror or problem}", FAILED)
    except Exception as mistake:
        if os.environ.get(TRACE_VARIABLE):
            raise
        words = f"{type(mistake).__name__}: {mistake}"
        _fail(f"a mistake of the suite itself: {words} (with {TRACE_VARIABLE}=1 it shows where)", FAILED)


def _carry_out(arguments: Sequence[str] | None) -> int:
    """The exit status that the command ends with, whether it returns or exits."""
    try:
        status = cts.main(arguments, prog_name="./cts", standalone_mode=False)
    except SystemExit as end:
        status = end.code
    return status if isinstance(status, int) else 0


def _fail(line: str, status: int) -> NoReturn:
    display.problem(" ".join(line.split()))
    sys.exit(status)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _listing(project: Project, no_build: bool) -> Listing:
    """The listing of an up-to-date build."""
    from winsock_cts.build import build
    from winsock_cts_reports import listing

    if not no_build:
        with display.progress() as step:
            build(project, project.listing_preset, step)
    return listing.load(project.listing)


def _records(files: Sequence[Path], loaded: Ledger) -> list[RunRecord]:
    """Each record once, with a line for each that is there already or of another ledger."""
    from winsock_cts_reports import record

    found: dict[Path, RunRecord] = {}
    for file in files:
        run = record.load(file)
        same = next((other for other, known in found.items() if known == run), None)
        if same is not None:
            display.problem(f"{file}: left out: the same record as {same}")
            continue
        found[file] = run
        strange = sorted({row.requirement for row in run.results} - loaded.requirements.keys())
        if strange:
            more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
            display.problem(f"{file}: made with another ledger: {strange[0]}{more} not known here")
    return list(found.values())


def _page_of(
    records: Sequence[Any], loaded: Ledger, listing: Listing | None, kills_file: Path | None, out: Path
) -> None:
    from winsock_cts_reports import kills, page

    table = None
    if kills_file is not None and kills_file.is_file():
        try:
            table = kills.load(kills_file)
        except kills.KillTableError as problem:
            display.problem(f"left out of the page: {problem}")
    page.write_page(records, loaded, listing, table, out)


def _print_json(data: object) -> None:
    print(json.dumps(data, indent=1))
