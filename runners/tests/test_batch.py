"""Batches with a program that misbehaves: every planned case gets its row, whatever happens."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from winsock_cts.batch import Limits, Span
from winsock_cts.errors import InputError
from winsock_cts.program import Launch

if TYPE_CHECKING:
    from winsock_cts.batch import Batch

    from .conftest import FakeProject

SHORT = Limits(case=0.5, silence=0.5, exit=0.5)


def verdicts(batch: Batch) -> dict[str, str]:
    return {row.case: row.verdict for row in batch.fold.rows()}


def words(batch: Batch, name: str) -> str:
    reason = batch.fold.results[name].reason
    assert reason is not None
    return reason.words


def test_each_case_has_its_verdict(fake: FakeProject, tmp_path: Path) -> None:
    names = (
        "Fake.Conforms/tcp4",
        "Fake.Conforms/tcp6",
        "Fake.Deviates",
        "Fake.Records",
        "Fake.Lacks",
        "Fake.Errs",
    )
    fake.write(*names)
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == dict(
        zip(names, ["conforms", "conforms", "deviates", "recorded", "not-run", "error"], strict=True)
    )
    assert batch.starts == 1
    assert batch.fold.header is not None
    assert batch.fold.header.seed == 7


def test_a_crash_is_charged_to_the_open_case_and_the_rest_runs(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms/1", "Fake.Crashes", "Fake.IsKilled", "Fake.Conforms/2")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {
        "Fake.Conforms/1": "conforms",
        "Fake.Crashes": "crashed",
        "Fake.IsKilled": "crashed",
        "Fake.Conforms/2": "conforms",
    }
    assert words(batch, "Fake.Crashes") == "exit status 5"
    assert words(batch, "Fake.IsKilled") == "signal SIGSEGV (11)"
    assert batch.starts == 3


def test_a_stall_is_ended_and_the_rest_runs(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Hangs", "Fake.Conforms")
    batch = fake.run(tmp_path / "run", SHORT)
    assert verdicts(batch) == {"Fake.Hangs": "timed-out", "Fake.Conforms": "conforms"}
    assert words(batch, "Fake.Hangs") == "still running after 0.5 s"


def test_a_torn_last_line_is_dropped(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Tears", "Fake.Conforms")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Tears": "crashed", "Fake.Conforms": "conforms"}
    assert b'"cas{' not in (tmp_path / "run" / "journal.jsonl").read_bytes()


def test_children_left_behind_are_ended(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.LeavesChild")
    child = tmp_path / "child"
    batch = fake.run(tmp_path / "run", FAKE_CHILD_FILE=str(child))
    assert verdicts(batch) == {"Fake.LeavesChild": "conforms"}
    pid = int(child.read_text())
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("mode", ["prints-garbage", "prints-million-lines"])
def test_output_is_drained_and_never_trusted(fake: FakeProject, tmp_path: Path, mode: str) -> None:
    fake.write("Fake.Conforms", mode=mode)
    before = psutil.Process().memory_info().rss
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Conforms": "conforms"}
    assert psutil.Process().memory_info().rss - before < 20 * 1024 * 1024


def test_dying_at_start_ends_in_one_line(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms/1", "Fake.Conforms/2", mode="dies-at-start")
    batch = fake.run(tmp_path / "run")
    assert set(verdicts(batch).values()) == {"error"}
    assert words(batch, "Fake.Conforms/1") == (
        "the program was started 2 times in vain: exit status 3: fake: no socket library here"
    )
    assert batch.starts == 2


def test_a_program_that_never_starts_a_case_is_given_up(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", mode="silent")
    batch = fake.run(tmp_path / "run", SHORT)
    assert words(batch, "Fake.Conforms") == (
        "the program was started 2 times in vain: no case started within 0.5 s"
    )


def test_a_program_that_never_ends_keeps_its_verdicts(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", mode="never-ends")
    batch = fake.run(tmp_path / "run", SHORT)
    assert verdicts(batch) == {"Fake.Conforms": "conforms"}
    assert batch.starts == 1


def test_a_garbage_journal_ends_in_one_line(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", mode="garbage-journal")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Conforms": "error"}
    assert words(batch, "Fake.Conforms").startswith("line 1 of the journal is no event of this suite")
    assert "\n" not in words(batch, "Fake.Conforms")


def test_a_flooded_journal_ends_in_one_line(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", "Fake.FloodsJournal")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Conforms": "conforms", "Fake.FloodsJournal": "error"}
    assert "more than 10000 observations" in words(batch, "Fake.FloodsJournal")


def test_finished_without_its_cases_is_an_error(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", mode="skips-all")
    batch = fake.run(tmp_path / "run")
    assert "finished without running all its cases" in words(batch, "Fake.Conforms")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_program_ends_in_one_line(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms", mode="full-disk")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Conforms": "error"}
    assert words(batch, "Fake.Conforms").endswith("[Errno 28] No space left on device")


def test_a_full_disk_under_the_runner_ends_in_one_line(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "select.txt").symlink_to("/dev/full")
    batch = fake.run(folder)
    assert verdicts(batch) == {"Fake.Conforms": "error"}
    assert words(batch, "Fake.Conforms").endswith("No space left on device")


def test_a_verdict_against_its_observations_is_an_error(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Lies")
    batch = fake.run(tmp_path / "run")
    assert verdicts(batch) == {"Fake.Lies": "error"}
    assert "conforms with a differing observation" in words(batch, "Fake.Lies")


def test_another_ledger_is_noticed(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms")
    fake.write_program("native", ["Fake.Conforms"], "0" * 64, "")
    batch = fake.run(tmp_path / "run")
    assert "built from another ledger" in words(batch, "Fake.Conforms")


def test_a_missing_program_is_wrong_input(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms")
    fake.project.program("native").unlink()
    batch = fake.batch()
    with pytest.raises(InputError, match="cannot be started: No such file"):
        batch.run(fake.launch(), tmp_path)
    assert batch.fold.rows() == []


def test_a_program_of_garbage_is_wrong_input(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms")
    fake.project.program("native").write_bytes(b"\x7fELF is not enough")
    with pytest.raises(InputError, match="cannot be started: Exec format error"):
        fake.batch().run(fake.launch(), tmp_path)


def test_stopping_leaves_the_rest_interrupted(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.Conforms/1", "Fake.Hangs", "Fake.Conforms/2")
    batch = fake.batch()
    thread = threading.Thread(target=batch.run, args=(fake.launch(), tmp_path))
    thread.start()
    batch.wait_for(["Fake.Conforms/1"])
    batch.stop()
    thread.join()
    assert verdicts(batch) == {
        "Fake.Conforms/1": "conforms",
        "Fake.Hangs": "not-run",
        "Fake.Conforms/2": "not-run",
    }
    reason = batch.fold.results["Fake.Hangs"].reason
    assert reason is not None
    assert reason.code == "interrupted"


def test_waiting_ends_where_there_will_be_no_row(fake: FakeProject) -> None:
    fake.write("Fake.Conforms")
    batch = fake.batch()
    batch.abandon()
    batch.wait_for(["Fake.Conforms"])
    assert batch.fold.rows() == []


def test_processes_of_the_target_are_spared(fake: FakeProject, tmp_path: Path) -> None:
    fake.write("Fake.LeavesChild")
    child = tmp_path / "child"
    launch = fake.launch(FAKE_CHILD_FILE=str(child))
    fake.batch().run(Launch(launch.argv, launch.env, spare=frozenset({"sleep"})), tmp_path)
    process = psutil.Process(int(child.read_text()))
    assert process.is_running()
    process.kill()


def test_variables_that_steer_googletest_do_not_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTEST_FILTER", "Nothing")
    assert "GTEST_FILTER" not in Launch(("program",)).env


class TestSpan:
    def test_within_one_start_the_programs_clock_counts(self) -> None:
        span = Span()
        span.mark(1, at=0.25, seen=100.0)
        span.mark(1, at=0.5, seen=100.1)
        span.mark(1, at=0.75, seen=109.0)
        assert span.seconds == 0.5

    def test_over_several_starts_the_instants_seen_count(self) -> None:
        span = Span()
        span.mark(1, at=0.25, seen=100.0)
        span.mark(2, at=0.1, seen=103.0)
        assert span.seconds == 3.0

    def test_no_case_no_time(self) -> None:
        assert Span().seconds is None
