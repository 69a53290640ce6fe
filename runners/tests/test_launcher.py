"""The launcher `cts` on a PATH of its own: what it installs, when it asks, and that it does nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from winsock_cts.project import HERE

TOOLS = (
    "cat",
    "cmp",
    "cut",
    "dirname",
    "env",
    "flock",
    "mkdir",
    "readlink",
    "sed",
    "sh",
    "tr",
    "cp",
    "chmod",
    "true",
)
X86_COMPILER = "i686-w64-mingw32-g++-posix"
NEEDED = (
    "cmake",
    "ninja",
    "g++",
    "x86_64-w64-mingw32-g++-posix",
    X86_COMPILER,
    "clang-format",
    "clang-tidy",
    "chromium",
)

PYTHON = """#!/bin/sh
[ "$1" = -c ] || echo "python $*" >>"$LOG"
case "$1 $2" in
"-m venv") mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
"-m pip") exit "${PIP_STATUS:-0}" ;;
"-c import sysconfig"*) echo "$FOLDER" ;;
esac
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$LOG"
exit "${APT_STATUS:-0}"
"""


@dataclass
class Machine:
    """A checkout at `root` on a machine whose PATH is the folder `path`; `log` tells what was called."""

    root: Path
    path: Path
    log: Path
    env: dict[str, str]

    def tool(self, name: str, text: str = "#!/bin/sh\n") -> None:
        (self.path / name).write_text(text)
        (self.path / name).chmod(0o755)

    def cts(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        return subprocess.run(
            [self.root / "cts", *words],
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """All is installed but the project's environment; nobody is root and there is no sudo."""
    root, path = tmp_path / "check out", tmp_path / "bin"
    path.mkdir()
    root.mkdir()
    shutil.copy(HERE / "cts", root / "cts")
    (root / "requirements.lock").write_text("click==8.1.7\n")
    for name in TOOLS:
        (path / name).symlink_to(shutil.which(name) or "missing")
    log = tmp_path / "log"
    env = {"PATH": str(path), "LOG": str(log), "FOLDER": str(tmp_path), "HOME": str(tmp_path)}
    here = Machine(root, path, log, env)
    here.tool("python3", PYTHON)
    here.tool("apt-get", APT_GET)
    here.tool("id", "#!/bin/sh\necho 1000\n")
    for name in NEEDED:
        here.tool(name)
    return here


def test_makes_the_environment_once(machine: Machine) -> None:
    first = machine.cts("targets", "--json")
    assert first.returncode == 0, first.stderr
    assert "makes the project's Python environment" in first.stderr
    assert any("--require-hashes" in call for call in machine.calls)
    assert machine.calls[-1] == "python -m winsock_cts targets --json"
    assert (Path(machine.env["FOLDER"]) / "winsock_cts.pth").read_text().splitlines() == [
        str(machine.root / "runners"),
        str(machine.root / "reports"),
    ]
    second = machine.cts("targets", "--json")
    assert (second.returncode, second.stderr) == (0, "")
    assert machine.calls == ["python -m winsock_cts targets --json"]


def test_a_changed_lock_makes_the_environment_anew(machine: Machine) -> None:
    machine.cts("targets")
    (machine.root / "requirements.lock").write_text("click==8.1.8\n")
    machine.cts("targets")
    assert any("--require-hashes" in call for call in machine.calls)


def test_a_failed_environment_is_one_line_and_made_again(machine: Machine) -> None:
    failed = machine.cts("targets", PIP_STATUS="1")
    assert failed.returncode == 2
    assert "could not make" in failed.stderr.splitlines()[-1]
    assert machine.cts("targets").returncode == 0
    assert any("--require-hashes" in call for call in machine.calls)


def test_without_sudo_it_prints_the_command_and_stops(machine: Machine) -> None:
    (machine.path / "ninja").unlink()
    done = machine.cts("run", "model")
    assert done.returncode == 2
    assert "ninja-build - builds the test program" in done.stderr
    assert done.stderr.splitlines()[-1].endswith(
        "run this, then start again:"
        " sudo apt-get update && sudo apt-get install -y --no-install-recommends ninja-build"
    )
    assert machine.calls == []


def test_where_sudo_would_ask_and_nobody_is_there_it_stops(machine: Machine) -> None:
    (machine.path / "ninja").unlink()
    machine.tool("sudo", '#!/bin/sh\necho "sudo $*" >>"$LOG"\nexit 1\n')
    assert machine.cts("run").returncode == 2
    assert machine.calls == ["sudo -n true"]


def test_as_root_it_installs_after_saying_why(machine: Machine) -> None:
    (machine.path / "ninja").unlink()
    machine.tool("id", "#!/bin/sh\necho 0\n")
    done = machine.cts("run")
    assert done.returncode == 0, done.stderr
    assert "ninja-build - builds the test program" in done.stderr
    assert machine.calls[:2] == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends ninja-build",
    ]


def test_with_sudo_it_installs(machine: Machine) -> None:
    (machine.path / "ninja").unlink()
    machine.tool("sudo", '#!/bin/sh\n[ "$1" != -n ] || exit 0\nexec env "$@"\n')
    assert machine.cts("run").returncode == 0
    assert "apt-get -qq update" in machine.calls


def test_a_failed_installation_is_one_line(machine: Machine) -> None:
    (machine.path / "ninja").unlink()
    machine.tool("id", "#!/bin/sh\necho 0\n")
    done = machine.cts("run", APT_STATUS="100")
    assert done.returncode == 2
    assert "could not install" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "status"),
    [(("targets",), 0), (("report", "x.json"), 0), (("run", "--help"), 0), (("test",), 2)],
)
def test_installs_only_what_the_command_needs(machine: Machine, words: tuple[str, ...], status: int) -> None:
    (machine.path / "clang-tidy").unlink()
    assert machine.cts(*words).returncode == status


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("run", "wine-x86"), True),
        (("run", "a_test.cpp::A.B[wine-x86-tcp4]"), True),
        (("test",), True),
        (("run", "model"), False),
        (("run", "wine", "-x"), False),
        (("run", "a_test.cpp::A.B[wine-tcp4]"), False),
        (("run", "wine-x86", "--help"), False),
        (("prove",), False),
    ],
)
def test_the_compiler_for_32_bits_is_asked_for_where_it_is_used(
    machine: Machine, words: tuple[str, ...], asked: bool
) -> None:
    (machine.path / X86_COMPILER).unlink()
    done = machine.cts(*words)
    assert ("g++-mingw-w64-i686-posix - compiles" in done.stderr) is asked
    assert done.returncode == (2 if asked else 0)


def test_without_ensurepip_it_asks_for_the_package_of_python(machine: Machine) -> None:
    machine.tool("python3", PYTHON.replace('"-m venv")', '"-c import ensurepip") exit 1 ;;\n"-m venv")'))
    done = machine.cts("targets")
    assert done.returncode == 2
    assert "python3-venv" in done.stderr


def test_without_python_it_says_so(machine: Machine) -> None:
    (machine.path / "python3").unlink()
    done = machine.cts("targets")
    assert done.returncode == 2
    assert "no python3 here" in done.stderr


def test_it_can_be_started_from_anywhere_and_through_a_link(machine: Machine, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(machine.root / "cts")
    done = subprocess.run([link, "targets"], env=machine.env, cwd="/", capture_output=True, check=False)
    assert done.returncode == 0


def test_the_windows_launcher_has_windows_line_ends() -> None:
    text = (HERE / "cts.cmd").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert b"Not yet run on Windows" in text


def test_the_lock_names_no_index_and_hashes_everything() -> None:
    lock = (HERE / "requirements.lock").read_text()
    assert "http" not in lock
    assert "--index-url" not in lock
    names = [line for line in lock.splitlines() if "==" in line]
    assert names
    assert lock.count(" \\\n    --hash=sha256:") >= len(names)


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_the_launcher_is_plain_sh() -> None:
    assert subprocess.run(["sh", "-n", HERE / "cts"], check=False).returncode == 0
