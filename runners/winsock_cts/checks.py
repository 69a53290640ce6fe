"""`./cts test`: every check of the suite itself, a line for each; it goes on after a failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from winsock_cts import build, lint
from winsock_cts.errors import BuildError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from winsock_cts.project import Project

STEP_SECONDS = 900.0
KEPT_CHARACTERS = 20_000
TIDY_JOBS = 2

PRESETS = ("native", "asan", "mingw-x64", "mingw-x86")


@dataclass(frozen=True)
class Step:
    """One check: `run` returns what is wrong, an empty text where nothing is."""

    name: str
    run: Callable[[], str]


def check_all(project: Project, only: Sequence[str] = ()) -> int:
    """Run the steps, or only the named ones; 0 where all pass, else 1."""
    every = steps(project)
    for name in only:
        if name not in {step.name for step in every}:
            raise InputError(f"unknown step {name!r}; there are {', '.join(step.name for step in every)}")
    chosen = [step for step in every if not only or step.name in only]
    failed = [step.name for step in chosen if not _passes(step)]
    if failed:
        print(f"failed: {', '.join(failed)}")
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


def steps(project: Project) -> list[Step]:
    """All checks, in the order in which they are run."""
    python = sys.executable
    cts = [python, "-m", "winsock_cts"]

    def step(name: str, *words: str | Path) -> Step:
        return Step(name, partial(command, project, words))

    return [
        *(Step(f"build {preset}", partial(_build, project, preset)) for preset in PRESETS),
        Step("clang-format", partial(_clang_format, project)),
        Step("clang-tidy", partial(_clang_tidy, project)),
        step("ruff", python, "-m", "ruff", "check", "--no-cache", "--quiet", "."),
        step("ruff format", python, "-m", "ruff", "format", "--no-cache", "--check", "--quiet", "."),
        step("mypy", python, "-m", "mypy", "--no-error-summary", "runners", "reports"),
        step("import-linter", Path(python).with_name("lint-imports"), "--no-cache"),
        Step("project lint", lambda: "\n".join(lint.problems(project))),
        step("ledger lint", *cts, "ledger", "--lint"),
        *(step(f"ctest {preset}", "ctest", "--preset", preset) for preset in ("native", "asan")),
        Step("prove", partial(_in_folder, project, [*cts, "prove", "--no-build", "--out"])),
        step("pytest", python, "-m", "pytest", "-q", "--maxfail=20"),
        Step("run", partial(_in_folder, project, [*cts, "run", "model", "wine", "--no-build", "--out"])),
    ]


def _passes(step: Step) -> bool:
    begun = time.monotonic()
    try:
        wrong = step.run()
    except (OSError, BuildError) as problem:
        wrong = f"{problem}\n{getattr(problem, 'output', '')}".strip()
    seconds = time.monotonic() - begun
    print(f"{'FAILED' if wrong else 'ok    '} {step.name} ({seconds:.1f} s)", flush=True)
    if wrong:
        print(_indented(wrong), flush=True)
    return not wrong


def _indented(text: str) -> str:
    if len(text) > KEPT_CHARACTERS:
        text = f"…\n{text[-KEPT_CHARACTERS:]}"
    return "\n".join(f"    {line}" for line in text.splitlines())


def _build(project: Project, preset: str) -> str:
    build.build(project, preset, _silent)
    return ""


def _silent(what: str, done: int, of: int) -> None:
    """No progress: a step is one line."""


def command(project: Project, words: Sequence[str | Path]) -> str:
    """What a command printed, where it failed."""
    try:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=project.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=STEP_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return f"{words[0]} is not here"
    except subprocess.TimeoutExpired as late:
        return f"not done after {STEP_SECONDS:g} s\n{(late.output or b'').decode('utf-8', 'replace')}"
    output = done.stdout.decode("utf-8", "replace").strip()
    return (output or f"exit status {done.returncode}") if done.returncode else ""


def _in_folder(project: Project, words: Sequence[str]) -> str:
    """As a command, with a temporary folder as its last word."""
    with tempfile.TemporaryDirectory(prefix="winsock-cts-") as folder:
        return command(project, [*words, folder])


def _clang_format(project: Project) -> str:
    sources = lint.sources(project)
    return command(project, ["clang-format", "--dry-run", "-Werror", *sources])


def clang_tidy_sources(project: Project) -> list[Path]:
    """Our own sources among those that the native build compiles."""
    database = (project.build("native") / "compile_commands.json").read_text(encoding="utf-8")
    compiled = set(re.findall(r'"file": "([^"]+)"', database))
    return [source for source in lint.sources(project) if str(source) in compiled]


def _clang_tidy(project: Project) -> str:
    folder = project.build("native")

    def tidy(source: Path) -> str:
        return command(
            project, ["nice", "clang-tidy", "-p", folder, "--quiet", "--warnings-as-errors=*", source]
        )

    with ThreadPoolExecutor(max_workers=min(TIDY_JOBS, os.cpu_count() or 1)) as threads:
        return "\n".join(wrong for wrong in threads.map(tidy, clang_tidy_sources(project)) if wrong)
