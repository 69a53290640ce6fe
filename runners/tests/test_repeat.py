"""`./cts run --repeat N`: rows that do not say the same each time are told, and are the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winsock_cts_reports import record as records

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from .conftest import FakeProject


def repeat(fake: FakeProject, times: int, *words: str) -> subprocess.CompletedProcess[str]:
    words = ("run", "model", "--no-build", "--repeat", str(times), *words)
    return fake.cts(*words, FAKE_RUNS_FILE=str(runs_file(fake)))


def runs_file(fake: FakeProject) -> Path:
    return fake.root / "runs"


def test_rows_that_say_the_same(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/tcp4", "Fake.Deviates", "Fake.Records", "Fake.Lacks", known=["Fake.Deviates"])
    done = repeat(fake, 3)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "no row differs in 3 runs of 1 target"


def test_one_row_that_differs(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Flickers/tcp4", "Fake.Records")
    done = repeat(fake, 5)
    assert done.returncode == 1, done.stderr
    assert [line.split() for line in done.stdout.splitlines()[-6:]] == [
        ["target", "case", "what", "value", "runs"],
        ["model", "Fake.Flickers/tcp4", "verdict", "conforms", "4"],
        ["model", "Fake.Flickers/tcp4", "verdict", "deviates", "1"],
        ["model", "Fake.Flickers/tcp4", "observed", "result", "success", "4"],
        ["model", "Fake.Flickers/tcp4", "observed", "result", "WSAEFAULT", "(10014)", "1"],
        ["1", "row", "differs", "in", "5", "runs", "of", "1", "target"],
    ]
    assert runs_file(fake).stat().st_size == 5


def test_the_record_is_the_first_run(fake: FakeProject) -> None:
    fake.write("Fake.Flickers")
    repeat(fake, 3)
    record = records.load(fake.root.parent / "results" / "model.run.json")
    assert [row.verdict for row in record.results] == ["conforms"]


def test_what_is_unexpected_each_time_stays_the_status(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Errs")
    done = repeat(fake, 2)
    assert done.returncode == 3
    assert "no row differs in 2 runs of 1 target" in done.stdout


def test_a_crash_says_the_same_each_time(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/1", "Fake.Crashes", "Fake.Conforms/2")
    done = repeat(fake, 3)
    assert done.returncode == 1
    assert "no row differs in 3 runs of 1 target" in done.stdout


def test_a_part_is_repeated_as_a_part(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Flickers")
    assert "no row differs in 4 runs" in repeat(fake, 4, "-k", "Conforms").stdout


def test_a_target_that_cannot_be_run_again(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.GoesAway")
    done = repeat(fake, 3)
    assert done.returncode == 3
    assert "cts: model: run 2 of 3: " in done.stderr
    assert "differs" not in done.stdout


def test_a_first_failure_leaves_no_whole_runs(fake: FakeProject) -> None:
    fake.write("Fake.Conforms")
    done = repeat(fake, 2, "-x")
    assert done.returncode == 2
    assert "--repeat compares whole runs; leave -x out" in done.stderr
