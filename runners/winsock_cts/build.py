"""Configures and builds the test program with CMake's presets."""

from __future__ import annotations

import os
import re
import subprocess
from collections import deque
from typing import TYPE_CHECKING

from filelock import FileLock

from winsock_cts.errors import BuildError
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from winsock_cts.project import Project

    Progress = Callable[[str, int, int], None]

KEPT_LINES = 400
STEP = re.compile(r"\[(\d+)/(\d+)\]")


def build(project: Project, preset: str, progress: Progress) -> None:
    """Bring the build of `preset` up to date; `progress(what, done, of)` is called as it goes on.

    BuildError, with what the tools printed, where that fails.
    """
    folder = project.build(preset)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        with lock:
            if not _is_configured(project, folder):
                _run(project, preset, ["cmake", "--preset", preset], progress)
            _run(project, preset, ["cmake", "--build", "--preset", preset], progress)
    except OSError as problem:
        words = visible(problem.strerror or str(problem), 200)
        raise BuildError(f"cannot build in {folder}: {problem.filename or folder}: {words}") from None


def _is_configured(project: Project, folder: Path) -> bool:
    """CMake itself notices changes in its lists, but not in the presets."""
    presets = project.root / "CMakePresets.json"
    made = [*folder.glob("build.ninja"), *folder.glob("*.sln")]
    return presets.is_file() and any(file.stat().st_mtime >= presets.stat().st_mtime for file in made)


def _run(project: Project, preset: str, command: list[str], progress: Progress) -> None:
    kept: deque[str] = deque(maxlen=KEPT_LINES)
    process = subprocess.Popen(
        command,
        cwd=project.root,
        env={**os.environ, "NINJA_STATUS": "[%f/%t] "},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    try:
        with process.stdout as lines:
            for line in lines:
                step = STEP.match(line)
                if step:
                    progress(f"build {preset}", int(step[1]), int(step[2]))
                else:
                    kept.append(line)
    finally:
        if process.poll() is None:
            process.terminate()
        status = process.wait()
    if status:
        line = f"the build of preset {preset} failed (`{' '.join(command)}`, status {status})"
        raise BuildError(line, "".join(kept))
