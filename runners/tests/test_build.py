"""Builds with a stand-in for CMake: when it configures, what it shows, how it fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from winsock_cts.build import build
from winsock_cts.errors import BuildError
from winsock_cts.project import Project

if TYPE_CHECKING:
    from pathlib import Path

CMAKE = """#!/bin/sh
echo "$*" >>"$0.log"
case "$1" in
--preset) touch "build/$2/build.ninja" ;;
--build) echo "[1/2] Building CXX object"; echo "[2/2] Linking" ;;
esac
"""
CONFIGURE, BUILD = "--preset native", "--build --preset native"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    (tmp_path / "CMakePresets.json").write_text("{}")
    (tmp_path / "bin").mkdir()
    cmake(tmp_path, CMAKE)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return Project(tmp_path)


def cmake(root: Path, text: str) -> None:
    (root / "bin" / "cmake").write_text(text)
    (root / "bin" / "cmake").chmod(0o755)


def calls(project: Project) -> list[str]:
    log = project.root / "bin" / "cmake.log"
    lines = log.read_text().splitlines()
    log.unlink()
    return lines


def silent(what: str, done: int, of: int) -> None:
    """No progress."""


def test_configures_once_and_again_where_the_presets_changed(project: Project) -> None:
    build(project, "native", silent)
    assert calls(project) == [CONFIGURE, BUILD]
    build(project, "native", silent)
    assert calls(project) == [BUILD]
    made = project.build("native") / "build.ninja"
    os.utime(made, (0, 0))
    build(project, "native", silent)
    assert calls(project) == [CONFIGURE, BUILD]


def test_tells_how_far_it_is(project: Project) -> None:
    steps: list[tuple[str, int, int]] = []
    build(project, "native", lambda *step: steps.append(step))
    assert steps == [("build native", 1, 2), ("build native", 2, 2)]


def test_a_failure_keeps_the_compilers_words(project: Project) -> None:
    cmake(project.root, '#!/bin/sh\necho "x.cpp:1: error: no such type"\nexit 1\n')
    with pytest.raises(BuildError, match="build of preset native failed") as caught:
        build(project, "native", silent)
    assert caught.value.output == "x.cpp:1: error: no such type\n"
    assert caught.value.status == 2


def test_without_cmake_it_is_one_line(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project.root))
    with pytest.raises(BuildError, match="cmake: No such file"):
        build(project, "native", silent)
