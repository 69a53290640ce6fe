"""The whole line on the programs as they are built: model and Wine, from the cases to the records."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest

from winsock_cts import wine
from winsock_cts.fold import Fold
from winsock_cts.journal import JournalReader
from winsock_cts.project import HERE, ON_WINDOWS, Project
from winsock_cts.targets import WineTarget
from winsock_cts_reports import ledger as ledgers
from winsock_cts_reports import listing as listings
from winsock_cts_reports import record as records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from winsock_cts_reports.record import Result, RunRecord

    OnWine = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.wine,
    pytest.mark.skipif(ON_WINDOWS or wine.find() is None, reason="no Wine here"),
]

PROJECT = Project(HERE)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], dict[str, RunRecord]]:
    """Runs both targets into a new folder; their records."""
    return partial(_run_both, tmp_path_factory)


def _run_both(folders: pytest.TempPathFactory) -> dict[str, RunRecord]:
    folder = folders.mktemp("results")
    done = subprocess.run(
        [sys.executable, "-m", "winsock_cts", "run", "model", "wine", "--no-build", "--out", str(folder)],
        cwd=PROJECT.root,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "report.html").is_file()
    return {name: records.load(folder / f"{name}.run.json") for name in ("model", "wine")}


@pytest.fixture(scope="module")
def first(run: Callable[[], dict[str, RunRecord]]) -> dict[str, RunRecord]:
    return run()


def _row(record: RunRecord, case: str) -> Result:
    (row,) = [result for result in record.results if result.case == case]
    return row


def _observed(record: RunRecord, case: str) -> dict[str, Any]:
    return {observation.name: observation.value for observation in _row(record, case).observations}


def _fingerprint(record: RunRecord) -> dict[str, Any]:
    return cast("dict[str, Any]", record.fingerprint)


def test_both_targets_have_the_same_rows(first: dict[str, RunRecord]) -> None:
    names = {target: [row.case for row in record.results] for target, record in first.items()}
    assert names["model"] == names["wine"]
    assert all(record.complete for record in first.values())


def test_wine_does_what_was_measured_of_it(first: dict[str, RunRecord]) -> None:
    seen = partial(_observed, first["wine"])
    for length in (0, 1, 4, 8, 11):
        case = f"ShortInput.IsAFaultByTheCallsPage/tcp4-{length}"
        assert seen(case) == {"result": "WSAEFAULT (10014)"}
    datagram = _row(first["wine"], "Datagram.TurningOnIsRefused/udp4-unbound")
    assert datagram.observations[0].value == "WSAEINVAL (10022)"
    assert datagram.observations[0].expected == "WSAENOPROTOOPT (10042)"
    assert seen("GetOption.WritesAFullDword/tcp4") == {"bytes written": 1, "length": 1}
    assert seen("SetOption.AnyNonzeroValueTurnsItOn/tcp4-0x100") == {"result": "success", "keep-alive": "off"}


def test_an_exception_in_a_call_costs_its_case_only(first: dict[str, RunRecord]) -> None:
    row = _row(first["wine"], "ByteCount.UnwritableIsAFault/tcp4-one")
    assert row.observations[0].value == "raises EXCEPTION_ACCESS_VIOLATION (0xC0000005)"
    assert first["wine"].counts["crashed"] == 0


def test_short_input_is_two_requirements_with_two_verdicts(first: dict[str, RunRecord]) -> None:
    page, call = "ShortInput.IsInvalidByTheCodesPage/tcp4-11", "ShortInput.IsAFaultByTheCallsPage/tcp4-11"
    verdicts = {name: (_row(rec, page).verdict, _row(rec, call).verdict) for name, rec in first.items()}
    assert verdicts == {"model": ("conforms", "deviates"), "wine": ("deviates", "conforms")}


def test_the_system_is_recorded(first: dict[str, RunRecord]) -> None:
    found = _fingerprint(first["wine"])
    assert found["system"] == "wine"
    assert found["os"]["version"].startswith("10.0.")
    assert {"ubr", "edition", "product", "build"} <= found["os"].keys()
    assert found["architecture"] == "x86_64"
    assert found["bits"] == 64
    assert found["wine"]["version"][0].isdigit()
    assert found["wine"]["tcp_keepalive_time"] > 0
    assert {"elevated", "locale", "modules"} <= found.keys()


def test_the_provider_catalog_is_recorded(first: dict[str, RunRecord]) -> None:
    catalog = _fingerprint(first["wine"])["catalog"]
    assert {"family": 2, "type": 1, "protocol": 6, "chain": 1}.items() <= catalog[0].items()
    assert all(entry["name"] for entry in catalog)


def test_the_registry_values_are_recorded(first: dict[str, RunRecord]) -> None:
    names = {
        "KeepAliveTime",
        "KeepAliveInterval",
        "TcpMaxDataRetransmissions",
        "PPTPTcpMaxDataRetransmissions",
    }
    assert all(_fingerprint(first[target])["registry"].keys() == names for target in first)


def test_the_process_is_recorded(first: dict[str, RunRecord]) -> None:
    process = _fingerprint(first["wine"])["process"]
    assert process.keys() == {"machine", "integrity", "app_container"}
    assert process["machine"] == "x86_64"
    assert process["integrity"] in ("medium", "high")
    assert process["app_container"] is False


@pytest.fixture
def on_wine() -> Iterator[OnWine]:
    """Starts the program under Wine, in one session of the prefix."""
    with WineTarget().open(PROJECT.program("mingw-x64")) as launch:

        def start(*words: str, **files: Path) -> subprocess.CompletedProcess[str]:
            given = [f"--cts_{option}={launch.as_seen(path)}" for option, path in files.items()]
            return subprocess.run(
                [*launch.argv, *words, *given],
                env=launch.env,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                check=False,
                timeout=60,
            )

        yield start


def test_registry_values_are_changed_and_restored(on_wine: OnWine, tmp_path: Path) -> None:
    changes, before, changed, after = (tmp_path / name for name in ("changes", "before", "changed", "after"))
    select = "--gtest_filter=RegistryValue.IsSetOnThisSystem"
    on_wine(select, record=before)
    try:
        for setting in ("KeepAliveTime=10000", "KeepAliveTime=20000", "TcpMaxDataRetransmissions=3"):
            done = on_wine(f"--cts_registry_set={setting}", registry_journal=changes)
            assert done.returncode == 0, done.stderr
        on_wine(select, record=changed)
    finally:
        restored = on_wine(registry_restore=changes)
    assert restored.returncode == 0, restored.stderr
    on_wine(select, record=after)
    values = [_fingerprint(records.load(file))["registry"] for file in (before, changed, after)]
    assert values[1] == values[0] | {"KeepAliveTime": 20000, "TcpMaxDataRetransmissions": 3}
    assert values[2] == values[0]
    assert "nothing is left to restore" in on_wine(registry_restore=changes).stdout


def test_a_registry_value_of_somebody_else_is_left_alone(on_wine: OnWine, tmp_path: Path) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    assert on_wine("--cts_registry_set=KeepAliveTime=10000", registry_journal=ours).returncode == 0
    assert on_wine("--cts_registry_set=KeepAliveTime=20000", registry_journal=other).returncode == 0
    try:
        done = on_wine(registry_restore=ours)
        assert done.returncode == 1
        assert done.stdout.strip() == ("KeepAliveTime was changed by somebody else and is left alone: 20000")
    finally:
        assert [on_wine(registry_restore=journal).returncode for journal in (other, ours)] == [0, 0]


def test_two_runs_say_the_same(first: dict[str, RunRecord], run: Callable[[], dict[str, RunRecord]]) -> None:
    second = run()
    for target, record in first.items():
        again = {row.case: (row.verdict, row.observations) for row in second[target].results}
        assert again == {row.case: (row.verdict, row.observations) for row in record.results}


def test_the_program_writes_the_record_that_the_runner_folds(tmp_path: Path) -> None:
    journal, written = tmp_path / "events.jsonl", tmp_path / "record.json"
    subprocess.run(
        [PROJECT.program("native"), f"--cts_events={journal}", f"--cts_record={written}"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    listing = listings.load(PROJECT.listing)
    fold = Fold(listing.cases, "winsock", ledgers.load(PROJECT.ledger).sha256)
    reader = JournalReader(journal)
    events = reader.poll()
    while not reader.at_end:
        events += reader.poll()
    for event in events:
        fold.apply(event)
    record = records.load(written)
    assert fold.finished
    assert {row.case: row for row in record.results} == fold.results
    assert record.complete
    assert json.loads(written.read_text(encoding="utf-8"))["binary_sha256"]


def _program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROJECT.program("native"), *words], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--cts_area=families"], "a run of other cases"),
        (["--cts_area=so_keepalive", "--cts_profile=server-2003"], "a run on another target"),
        (["--cts_area=so_keepalive", "--cts_product=Filter 1"], "a run on another target"),
    ],
)
def test_a_journal_is_not_continued_by_another_run(tmp_path: Path, words: list[str], reason: str) -> None:
    journal = tmp_path / "events.jsonl"
    assert _program("--cts_area=so_keepalive", f"--cts_events={journal}").returncode == 0
    before = journal.read_bytes()
    done = _program(*words, f"--cts_events={journal}")
    assert done.returncode == 2
    assert reason in done.stderr
    assert journal.read_bytes() == before


def test_a_finished_journal_is_continued_with_nothing(tmp_path: Path) -> None:
    journal, record = tmp_path / "events.jsonl", tmp_path / "record.json"
    assert _program("--cts_area=families", f"--cts_events={journal}").returncode == 0
    done = _program("--cts_area=families", f"--cts_events={journal}", f"--cts_record={record}")
    assert done.returncode == 0
    assert records.load(record).counts["conforms"] > 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--gtest_filter=NoSuch.*"], "no case is selected"),
        (["--cts_area=nowhere"], "no case is selected"),
        (["--cts_profile=windows-95"], "the model has no profile 'windows-95'"),
        (["--cts_surface=spi"], "the surface 'spi' is not built into this program"),
        (["--cts_colour=red"], "is no option of this program"),
        (["--cts_select=/nowhere"], "cannot read the selection"),
        (["--cts_registry_set=KeepAliveTime=1"], "go together"),
        (["--cts_registry_restore=/nowhere"], "this system has no registry"),
    ],
)
def test_wrong_usage_of_the_program_is_one_line(words: list[str], reason: str) -> None:
    done = _program(*words)
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1
