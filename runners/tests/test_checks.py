"""`./cts test` itself: it goes on after a failure and ends with what failed and a count."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from winsock_cts import checks
from winsock_cts.checks import Step, check_all, clang_tidy_sources
from winsock_cts.errors import BuildError, InputError
from winsock_cts.project import HERE, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def failing() -> str:
    raise BuildError("the build failed", "x.cpp: error")


@pytest.fixture
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [
        Step("good", str),
        Step("bad", lambda: "line 1\nline 2"),
        Step("ugly", failing),
        Step("last", str),
    ]
    monkeypatch.setattr(checks, "steps", lambda _: steps)


@pytest.mark.usefixtures("_steps")
def test_every_step_is_run_and_the_failed_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_all(Project()) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.rpartition(" (")[0] for line in lines if line.endswith(" s)")] == [
        "ok     good",
        "FAILED bad",
        "FAILED ugly",
        "ok     last",
    ]
    assert "    line 2" in lines
    assert "    x.cpp: error" in lines
    assert lines[-2:] == ["failed: bad, ugly", "2 passed, 2 failed"]


@pytest.mark.usefixtures("_steps")
def test_only_the_named_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_all(Project(), ["good", "last"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 0 failed"
    with pytest.raises(InputError, match="unknown step 'best'; there are good, bad"):
        check_all(Project(), ["best"])


def test_a_command_shows_its_output_only_where_it_fails(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert checks.command(project, ["sh", "-c", "echo fine"]) == ""
    assert checks.command(project, ["sh", "-c", "echo wrong; exit 1"]) == "wrong"
    assert checks.command(project, ["sh", "-c", "exit 4"]) == "exit status 4"
    assert checks.command(project, ["no-such-tool"]) == "no-such-tool is not here"


def test_clang_tidy_looks_at_our_compiled_sources_alone(tmp_path: Path) -> None:
    for name in ("fixtures/a.cpp", "fixtures/windows_only.cpp", "conformance/b_test.cpp", "fixtures/c.h"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    database = tmp_path / "build" / "native" / "compile_commands.json"
    database.parent.mkdir(parents=True)
    compiled = ["fixtures/a.cpp", "conformance/b_test.cpp", "build/googletest/gtest.cc"]
    database.write_text("".join(f'"file": "{tmp_path / name}"\n' for name in compiled))
    found = clang_tidy_sources(Project(tmp_path))
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "conformance/b_test.cpp",
        "fixtures/a.cpp",
    ]


def test_pytest_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of options that set the same thing the last one wins, which a reader has to know."""

    def shown(_: Project, words: Sequence[str | Path]) -> str:
        return " ".join(map(str, words))

    monkeypatch.setattr(checks, "command", shown)
    (step,) = [step for step in checks.steps(Project()) if step.name == "pytest"]
    words = step.run().split()
    assert [word for word in words if word in ("-x", "--exitfirst") or "maxfail" in word] == ["--maxfail=20"]


def test_the_continuous_integration_calls_it() -> None:
    assert "exec ./cts test" in (HERE / ".ci" / "run").read_text()
    assert subprocess.run(["sh", "-n", HERE / ".ci" / "run"], check=False).returncode == 0


def test_the_reports_cannot_use_the_runner(tmp_path: Path) -> None:
    """The import contracts see a breach."""
    for package, line in (
        ("winsock_cts", "import winsock_cts_reports.page"),
        ("winsock_cts_reports", "import winsock_cts.cli"),
    ):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / "other.py").write_text(line)
    for module in ("winsock_cts/cli.py", "winsock_cts_reports/page.py"):
        (tmp_path / module).touch()
    checker = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", checker, "--no-cache", "--config", str(HERE / "pyproject.toml")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "0 kept, 2 broken" in done.stdout
