"""The command line's own ways out: help, mistakes of the suite, readers that have seen enough."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from winsock_cts import cli, targets
from winsock_cts.project import HERE
from winsock_cts_reports import ledger as ledgers

if TYPE_CHECKING:
    from .conftest import FakeProject

COMMANDS = ("run", "test", "ledger", "targets", "report", "prove")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(fake: FakeProject, command: str) -> None:
    fake.write("Fake.Conforms")
    done = fake.cts(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: ./cts {command}")


def test_without_a_command_the_help_stands_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert shown.startswith("Usage: ./cts [OPTIONS] COMMAND [ARGS]...\n\n  Conformance test suite")
    assert all(f"\n  {command} " in shown for command in COMMANDS)


def test_the_node_id_in_the_help_names_a_case_that_can_be_run_alone(fake: FakeProject) -> None:
    help_lines = [line.strip() for line in fake.cts("run", "--help").stdout.splitlines()]
    (node,) = [line for line in help_lines if "_test.cpp::" in line]
    found = re.fullmatch(r"(?P<file>\S+)::(?P<suite>\w+)\.(?P<case>\w+)\[(?P<target>\w+)-[\w-]+\]", node)
    assert found is not None
    source = (HERE / found["file"]).read_text(encoding="utf-8")
    case = re.search(rf"\bCTS_CASE\({found['suite']},\s*{found['case']},\s*(\w+)", source)
    assert case is not None
    (requirement,) = [
        each
        for each in ledgers.load(HERE / "conformance" / "ledger").requirements.values()
        if each.area == found["file"].split("/")[1]
        and re.sub(r"\W", "_", each.key.partition("/")[2]) == case[1]
    ]
    assert requirement.conflict is None
    assert found["target"] in targets.known()


def test_a_mistake_of_the_suite_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr(targets, "known", broken)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.delenv(cli.TRACE_VARIABLE, raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.main(["targets"])
    assert ended.value.code == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("cts: a mistake of the suite itself: KeyError: 'no such thing'")
    monkeypatch.setenv(cli.TRACE_VARIABLE, "1")
    with pytest.raises(KeyError):
        cli.main(["targets"])


RAN = ("run", "model", "--no-build")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "status"),
    [(("ledger", "--json", "--no-build"), 0), (("targets",), 0), (("--help",), 0), (RAN, 1)],
)
def test_a_reader_that_has_seen_enough_changes_nothing(
    fake: FakeProject, words: tuple[str, ...], status: int, unbuffered: str
) -> None:
    fake.write("Fake.Conforms", "Fake.Deviates")
    assert _ended(fake, words, PYTHONUNBUFFERED=unbuffered) == status
    results = fake.root.parent / "results"
    if words == RAN:
        assert {path.name for path in results.iterdir()} >= {"model.run.json", "report.html"}


def test_closed_streams_change_nothing(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Deviates")
    shell = ("sh", "-c", 'exec "$@" >&- 2>&-', "sh")
    assert _ended(fake, RAN, *shell) == 1
    assert (fake.root.parent / "results" / "report.html").is_file()


def _ended(fake: FakeProject, words: tuple[str, ...], *shell: str, **env: str) -> int:
    """The exit status where nobody reads what the command prints, be it a result or a problem."""
    command = [*shell, sys.executable, "-m", "winsock_cts", "--root", str(fake.root), *words]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command,
            cwd=fake.root.parent,
            env={**os.environ, **env},
            stdout=writing,
            stderr=writing,
            timeout=120,
            check=False,
        )
    finally:
        os.close(writing)
    return done.returncode


def test_the_ledger_for_scripts(fake: FakeProject) -> None:
    import json

    fake.write("Fake.Conforms", "Fake.Records")
    done = fake.cts("ledger", "--json", "--no-build")
    assert done.returncode == 0
    first, second = json.loads(done.stdout)["requirements"]
    assert first["key"] == "so-keepalive/fake/conforms"
    assert (first["row"], first["level"], first["surfaces"], first["checked_by"], first["state"]) == (
        "FAKE-01",
        "must",
        ["winsock"],
        "case",
        "tested",
    )
    assert first["states"] == {"winsock": "tested"}
    assert second["level"] == "observation"


def test_a_surface_without_cases_is_not_tested(fake: FakeProject) -> None:
    import json

    fake.write("Fake.Conforms", "Fake.Records", surfaces=["winsock", "wsk"])
    (first, _) = json.loads(fake.cts("ledger", "--json", "--no-build").stdout)["requirements"]
    assert (first["state"], first["states"]) == ("tested", {"winsock": "tested", "wsk": "planned"})
    lines = [line.split() for line in fake.cts("ledger", "--no-build").stdout.splitlines()]
    assert ["winsock", "2", "0", "0", "2"] in lines
    assert ["wsk", "0", "2", "0", "2"] in lines
    assert ["must", "1", "0", "0", "1"] in lines


def test_the_ledger_for_people(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Records")
    lines = fake.cts("ledger", "--no-build").stdout.splitlines()
    assert lines[0].split() == ["level", "tested", "planned", "untestable", "all"]
    assert lines[1].split() == ["must", "1", "0", "0", "1"]
    assert lines[-1] == "2 requirements: 2 tested, 0 planned, 0 untestable"


def test_the_lint_finds_a_known_deviation_of_no_case(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", "Fake.Deviates", known=["Fake.Deviates", "Fake.Gone"])
    done = fake.cts("ledger", "--lint", "--no-build")
    assert done.returncode == 1
    dead = [line for line in done.stderr.splitlines() if "no case has such a name" in line]
    assert len(dead) == 1
    assert "Fake.Gone" in dead[0]
