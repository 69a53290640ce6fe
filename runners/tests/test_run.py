"""`./cts run` from the outside: exit status, what it prints, what it leaves in the results folder."""

from __future__ import annotations

import json
import os
import signal
import stat
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports import record as records

if TYPE_CHECKING:
    from pathlib import Path

    from winsock_cts_reports.record import RunRecord

    from .conftest import FakeProject

NODE = "conformance/so_keepalive/fake_test.cpp::Fake.Conforms[model-tcp6]"


def loaded(fake: FakeProject, name: str = "model.run.json") -> RunRecord:
    return records.load(fake.root.parent / "results" / name)


def only_line(text: str) -> str:
    (line,) = [line for line in text.splitlines() if line.startswith("cts: ")]
    return line


class TestStatus:
    def test_nothing_unexpected(self, fake: FakeProject) -> None:
        fake.write(
            "Fake.Conforms/tcp4", "Fake.Deviates", "Fake.Records", "Fake.Lacks", known=["Fake.Deviates"]
        )
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 0, done.stderr
        record = loaded(fake)
        assert record.complete
        assert record.counts["conforms"] == record.counts["deviates"] == record.counts["not-run"] == 1
        assert (fake.root.parent / "results" / "report.html").is_file()
        counts = dict(line.split() for line in done.stdout.splitlines() if len(line.split()) == 2)
        assert (counts["verdicts"], counts["planned"], counts["conforms"], counts["known"]) == (
            "model",
            "4",
            "1",
            "1",
        )
        assert "page: results/report.html" in done.stdout

    def test_unexpected(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Deviates")
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 1
        assert "observed WSAEFAULT (10014), expected WSAEINVAL (10022)" in done.stderr
        assert "What deviates says holds." in done.stderr
        assert "setsockopt(s1, SOL_SOCKET, SO_KEEPALIVE, NULL, 0);" in done.stderr

    def test_families_that_differ(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.NamesItself/tcp4", "Fake.NamesItself/tcp6", compared=True)
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 1
        assert (
            "cts: model: families/alike: 1 of 1 pair differs: Fake.NamesItself/tcp4 against tcp6: "
            "result Fake.NamesItself/tcp4 against Fake.NamesItself/tcp6"
        ) in done.stderr.splitlines()

    def test_stale(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", known=["Fake.Conforms"])
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 1
        assert "conforms, but is known to deviate: seen before" in done.stderr

    def test_an_error(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Deviates", "Fake.Errs")
        assert fake.cts("run", "model", "--no-build").returncode == 3

    def test_nothing_judged(self, fake: FakeProject) -> None:
        fake.write("Fake.Records")
        assert fake.cts("run", "model", "--no-build").returncode == 3

    def test_a_conflict_is_unexpected_only_where_no_member_conforms(self, fake: FakeProject) -> None:
        fake.write("Fake.Deviates", "Fake.Conforms", conflict=["Deviates", "Conforms"])
        assert fake.cts("run", "model", "--no-build").returncode == 0
        done = fake.cts("run", "model", "--no-build", "-k", "Deviates")
        assert done.returncode == 1
        words = "documents contradict each other here (DD-1): so-keepalive/fake/conforms was not run"
        assert f"  {words}" in done.stderr.splitlines()

    @pytest.mark.parametrize(("area", "status"), [("so_keepalive", 3), ("wire", 2)])
    def test_required_areas(self, fake: FakeProject, area: str, status: int) -> None:
        fake.write("Fake.Conforms", "Fake.Lacks")
        done = fake.cts("run", "model", "--no-build", "--require", area)
        assert done.returncode == status

    def test_a_required_area_without_a_planned_case(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms/tcp4", compared=True)
        done = fake.cts("run", "model", "--no-build", "--require", "families", "--require", "so_keepalive")
        assert done.returncode == 3
        assert only_line(done.stderr) == "cts: model: no case of the required area families was planned"


class TestSelection:
    def test_an_expression_gives_a_partial_record_beside_the_complete_one(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
        assert fake.cts("run", "model", "--no-build").returncode == 0
        done = fake.cts("run", "model", "--no-build", "-k", "tcp6")
        assert done.returncode == 0
        assert loaded(fake).complete
        partial = loaded(fake, "model.partial.run.json")
        assert (partial.planned, partial.complete, partial.selection) == (1, False, "1 of 2 cases")

    def test_a_first_partial_record_has_the_plain_name_and_gives_way(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
        fake.cts("run", "model", "--no-build", "-k", "tcp6")
        assert loaded(fake).planned == 1
        fake.cts("run", "model", "--no-build")
        assert loaded(fake).planned == 2

    @pytest.mark.parametrize("cwd", ["project", "."])
    def test_a_node_id_names_case_and_target(self, fake: FakeProject, cwd: str) -> None:
        fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
        out = fake.root.parent / "out"
        done = fake.cts("run", "--no-build", "--out", out, NODE, cwd=fake.root.parent / cwd)
        assert done.returncode == 0, done.stderr
        assert [row.case for row in records.load(out / "model.run.json").results] == ["Fake.Conforms/tcp6"]

    def test_last_failed(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Deviates")
        fake.cts("run", "model", "--no-build")
        fake.cts("run", "model", "--no-build", "--lf")
        assert [row.case for row in loaded(fake, "model.partial.run.json").results] == ["Fake.Deviates"]

    def test_the_first_failure_ends_the_batch(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Deviates", "Fake.Hangs", "Fake.Records")
        done = fake.cts("run", "model", "--no-build", "-x")
        assert done.returncode == 3
        assert {row.case: row.verdict for row in loaded(fake).results} == {
            "Fake.Conforms": "conforms",
            "Fake.Deviates": "deviates",
            "Fake.Hangs": "not-run",
            "Fake.Records": "not-run",
        }

    def test_junit(self, fake: FakeProject, tmp_path: Path) -> None:
        fake.write("Fake.Conforms", "Fake.Deviates", "Fake.Lacks")
        fake.cts("run", "model", "--no-build", "--junitxml", tmp_path / "junit.xml")
        suite = ET.parse(tmp_path / "junit.xml").getroot().find("testsuite")
        assert suite is not None
        assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
            "tests": "3",
            "failures": "1",
            "skipped": "1",
        }
        assert {each.get("value") for each in suite.iter("property") if each.get("name") == "verdict"} == {
            "conforms",
            "deviates",
            "not-run",
        }


class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (
                ["run", "modle"],
                "unknown target 'modle'; there are model, wine, wine-x86, windows (see ./cts targets)",
            ),
            (
                ["run", "--no-build", "-k", "Nothing"],
                "no case is selected: -k 'Nothing' fits none; project/build/native/cases.json lists all 1",
            ),
            (
                ["run", "--no-build", "conformance/nowhere_test.cpp"],
                "no source of cases at conformance/nowhere_test.cpp",
            ),
            (["run", "--no-build", NODE.replace("Conforms", "Confirms")], "no case Fake.Confirms in"),
            (["run", "--out", "/proc/nowhere"], "cannot write results to /proc/nowhere"),
            (
                ["run", "--out", "project/conformance/so_keepalive/fake_test.cpp"],
                "so_keepalive/fake_test.cpp: it is a file, not a folder",
            ),
            (["run", "--colour"], "No such option"),
            (["walk"], "No such command 'walk'"),
            (["report", "nowhere.json"], "nowhere.json: no such file"),
            (["report"], "Missing argument"),
        ],
    )
    def test_is_one_line_and_status_2(self, fake: FakeProject, words: list[str], line: str) -> None:
        fake.write("Fake.Conforms/tcp6")
        done = fake.cts(*words)
        assert done.returncode == 2
        assert line in only_line(done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
        assert not (fake.root.parent / "results").exists()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ('{"schema": 0}', "older schema 0"),
            ('{"schema": 9}', "newer schema 9"),
            ('{"schema": 1, "su', "cut short"),
            ("", "empty"),
            ("\x00", "not JSON"),
        ],
    )
    def test_damaged_records(self, fake: FakeProject, tmp_path: Path, content: str, words: str) -> None:
        fake.write("Fake.Conforms")
        (tmp_path / "bad.json").write_text(content)
        done = fake.cts("report", tmp_path / "bad.json")
        assert done.returncode == 2
        assert words in only_line(done.stderr)

    def test_a_record_given_twice_is_left_out(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms")
        fake.cts("run", "model", "--no-build")
        file = fake.root.parent / "results" / "model.run.json"
        copy = fake.root.parent / "copy.json"
        copy.write_bytes(file.read_bytes())
        once = fake.cts("report", file, "--out", "once.html")
        assert (once.returncode, once.stderr) == (0, "")
        assert ["conforms", "1"] in [line.split() for line in once.stdout.splitlines()]
        done = fake.cts("report", file, copy, "--out", "twice.html")
        assert done.returncode == 0
        assert only_line(done.stderr) == f"cts: {copy}: left out: the same record as {file}"
        pages = [(fake.root.parent / name).read_bytes() for name in ("once.html", "twice.html")]
        assert pages[0] == pages[1]

    def test_a_record_with_requirements_of_another_ledger(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Records", "Fake.Lacks")
        fake.cts("run", "model", "--no-build")
        file = fake.root.parent / "results" / "model.run.json"
        fake.write("Fake.Conforms")
        done = fake.cts("report", file)
        assert done.returncode == 0
        assert only_line(done.stderr) == (
            f"cts: {file}: made with another ledger: so-keepalive/fake/lacks and 1 more not known here"
        )
        assert (fake.root.parent / "report.html").is_file()

    def test_counts_that_do_not_add_up(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms", "Fake.Records")
        fake.cts("run", "model", "--no-build")
        file = fake.root.parent / "results" / "model.run.json"
        file.write_text(file.read_text().replace('"planned": 2', '"planned": 3'))
        done = fake.cts("report", file)
        assert done.returncode == 2
        assert "counts do not add up" in only_line(done.stderr)

    def test_a_damaged_record_of_another_target_does_no_harm(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms")
        other = fake.root.parent / "results" / "wine.run.json"
        other.parent.mkdir()
        other.write_text("{")
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 0
        assert "left out of the page" in only_line(done.stderr)
        assert other.read_text() == "{"

    def test_a_page_that_is_no_file_is_refused(self, fake: FakeProject, tmp_path: Path) -> None:
        fake.write("Fake.Conforms")
        fake.cts("run", "model", "--no-build")
        os.mkfifo(tmp_path / "pipe")
        done = fake.cts("report", fake.root.parent / "results" / "model.run.json", "--out", tmp_path / "pipe")
        assert done.returncode == 2
        assert only_line(done.stderr).endswith(
            "pipe: not written: what is there is no regular file; name another"
        )
        assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)

    def test_a_results_folder_with_pipes_is_refused_file_by_file(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
        results = fake.root.parent / "results"
        results.mkdir()
        names = ("model.run.json", "wine.run.json", "kills.json", "report.html")
        for name in names:
            os.mkfifo(results / name)
        done = fake.cts("run", "model", "--no-build", "-k", "tcp6")
        assert done.returncode == 3
        assert "model.run.json: not written: what is there is no regular file" in only_line(done.stderr)
        (results / "model.run.json").unlink()
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 3
        for name, words in (
            ("wine.run.json", "is no regular file"),
            ("kills.json", "what is there is no regular file"),
            ("report.html", "not written: what is there is no regular file"),
        ):
            assert f"{name}: {words}" in done.stderr
        assert all(stat.S_ISFIFO((results / name).lstat().st_mode) for name in names[1:])

    @pytest.mark.parametrize("damage", ["missing", "not executable"])
    def test_a_program_that_cannot_be_started(self, fake: FakeProject, damage: str) -> None:
        fake.write("Fake.Conforms/1", "Fake.Conforms/2")
        program = fake.project.program("native")
        if damage == "missing":
            program.unlink()
        else:
            program.chmod(stat.S_IRUSR)
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 2
        assert "test program" in only_line(done.stderr)
        assert "done" not in done.stderr
        assert not (fake.root.parent / "results" / "model.run.json").exists()

    def test_a_missing_listing(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms")
        fake.project.listing.unlink()
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 2
        assert "no such file" in only_line(done.stderr)

    def test_a_program_that_dies_at_start_is_an_error(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms/1", "Fake.Conforms/2", mode="dies-at-start")
        done = fake.cts("run", "model", "--no-build")
        assert done.returncode == 3
        assert only_line(done.stderr) == (
            "cts: model: the program was started 2 times in vain: exit status 3: fake: no socket library here"
        )
        assert done.stderr.count("in vain") == 1
        assert "done" not in done.stderr
        assert loaded(fake).counts["error"] == 2

    @pytest.mark.parametrize(
        ("mode", "status"), [("dies-at-start", 3), ("garbage-journal", 3), ("never-ends", 0)]
    )
    def test_a_program_that_fails_as_a_whole_is_not_asked_for_its_faults(
        self, fake: FakeProject, mode: str, status: int
    ) -> None:
        """It would take its time to fail again. An older table is not taken for the present one."""
        fake.write("Fake.Conforms", mode=mode)
        results = fake.root.parent / "results"
        results.mkdir()
        (results / "kills.json").write_text("old")
        done = fake.cts("run", "model", "--no-build", "--silence-limit", "3")
        assert done.returncode == status
        assert (results / "kills.json").read_text() == "old"
        line = only_line(done.stderr)
        assert "left out of the page" not in line
        assert mode != "never-ends" or line == (
            "cts: no faults on the page: the program did not end by itself"
        )
        assert (results / "report.html").is_file()

    def test_a_build_that_fails_shows_the_tools_words(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms")
        done = fake.cts("run", "model")
        assert done.returncode == 2
        assert "the build of preset native failed" in only_line(done.stderr)
        assert "CMake Error" in done.stderr or "CMake" in done.stderr

    def test_a_full_disk_under_the_record(self, fake: FakeProject) -> None:
        fake.write(*(f"Fake.Conforms/{number}" for number in range(10)))
        done = fake.cts("run", "model", "--no-build", file_blocks=5)
        assert done.returncode == 3
        assert "model.run.json: not written: File too large" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (fake.root.parent / "results").exists()

    def test_a_full_disk_under_the_page_leaves_the_record(self, fake: FakeProject) -> None:
        fake.write("Fake.Conforms")
        done = fake.cts("run", "model", "--no-build", file_blocks=50)
        assert done.returncode == 3
        assert "report.html: not written: File too large" in only_line(done.stderr)
        kept = {path.name for path in (fake.root.parent / "results").iterdir()}
        assert kept == {"model.run.json", "kills.json"}

    def test_no_wine_leaves_the_other_targets_record(self, fake: FakeProject, tmp_path: Path) -> None:
        fake.write("Fake.Conforms")
        done = fake.cts("run", "model", "wine", "--no-build", WINSOCK_CTS_WINE=str(tmp_path / "nowhere"))
        assert done.returncode == 3
        assert only_line(done.stderr) == "cts: wine: no Wine here; install it: apt-get install wine64"
        assert loaded(fake).complete

    def test_a_wine_that_does_not_start_leaves_the_other_targets_record(
        self, fake: FakeProject, tmp_path: Path
    ) -> None:
        fake.write("Fake.Conforms")
        for name in ("wine64", "wineserver64"):
            (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
            (tmp_path / name).chmod(0o755)
        done = fake.cts(
            *("run", "model", "wine", "--no-build"),
            WINSOCK_CTS_WINE=str(tmp_path),
            XDG_CACHE_HOME=str(tmp_path / "cache"),
        )
        assert done.returncode == 3
        assert "does not start" in only_line(done.stderr)
        assert loaded(fake).complete


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_a_record(
    fake: FakeProject, tmp_path: Path, number: signal.Signals
) -> None:
    fake.write("Fake.Conforms", "Fake.Waits", "Fake.Records")
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    run = fake.start("run", "model", "--no-build", FAKE_REACHED_FILE=str(reached))
    reached.open("rb").close()  # until the case has opened its end
    run.send_signal(number)
    stdout, stderr = run.communicate(timeout=60)
    assert run.returncode == 3, stderr
    assert "Traceback" not in stderr
    record = loaded(fake)
    assert not record.complete
    assert {row.case: row.reason.code if row.reason else None for row in record.results} == {
        "Fake.Conforms": None,
        "Fake.Waits": "interrupted",
        "Fake.Records": "interrupted",
    }
    assert "planned" in stdout


def test_timing_tells_both_and_the_ratio(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/1", "Fake.Conforms/2")
    done = fake.cts("run", "model", "--no-build", "--timing")
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("timing model:")]
    assert "by hand in one process, ratio" in line
    assert "timing faults: " in done.stdout


def test_timing_says_why_it_cannot_compare(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Crashes")
    done = fake.cts("run", "model", "--no-build", "--timing")
    assert "timing model: run by hand, the program died after 1 of 2 cases" in done.stderr


def test_records_fit_the_schema(fake: FakeProject) -> None:
    import jsonschema

    fake.write("Fake.Conforms", "Fake.Crashes", "Fake.Lacks")
    fake.cts("run", "model", "--no-build")
    content = json.loads((fake.root.parent / "results" / "model.run.json").read_text())
    jsonschema.validate(content, records.json_schema())
