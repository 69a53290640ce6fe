"""One start of a test program: its output drained, its whole process tree ended."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Self

import psutil

from winsock_cts.errors import InputError
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TOKEN = "WINSOCK_CTS_START"
"""Environment variable that marks every process of one start, also those that left its process group."""

KEPT_BYTES = 16 * 1024
END_SECONDS = 10.0
END_PAUSE = 0.01
DRAIN_SECONDS = 0.5


def plain_environment() -> dict[str, str]:
    """The user's environment without what would steer GoogleTest: the runner alone selects cases."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("GTEST_")}


@dataclass(frozen=True)
class Launch:
    """How a program is started on a target.

    `argv` comes before the program's options; `as_seen` turns a path of this machine into one that the
    program understands; processes named in `spare` belong to the target and outlive the program.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=plain_environment)
    as_seen: Callable[[Path], str] = str
    spare: frozenset[str] = frozenset()


class Tail:
    """Reads a stream to its end and keeps only the last bytes, however much comes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._chunks: deque[bytes] = deque()
        self._kept = 0
        self._thread = threading.Thread(target=self._drain, args=(stream,), daemon=True)
        self._thread.start()

    def last_line(self) -> str:
        """The last line that is not blank, fit to be shown; empty where there was none."""
        lines = [line for line in b"".join(tuple(self._chunks)).splitlines() if line.strip()]
        return visible(lines[-1].decode("utf-8", "replace").strip(), 200) if lines else ""

    def join(self, seconds: float) -> None:
        """Wait for the end of the stream, at most so long."""
        self._thread.join(seconds)

    def _drain(self, stream: IO[bytes]) -> None:
        with stream, suppress(OSError, ValueError):
            while chunk := os.read(stream.fileno(), KEPT_BYTES):
                self._chunks.append(chunk)
                self._kept += len(chunk)
                while self._kept - len(self._chunks[0]) >= KEPT_BYTES:
                    self._kept -= len(self._chunks.popleft())


class RunningProgram:
    """A started program; a context manager that leaves no process of it behind."""

    def __init__(self, launch: Launch, options: tuple[str, ...], folder: Path) -> None:
        """Start it in `folder`; InputError in one line where this machine cannot."""
        self._spare = launch.spare
        self._token = uuid.uuid4().hex
        self._ended = False
        try:
            self._process = subprocess.Popen(
                [*launch.argv, *options],
                cwd=folder,
                env={**launch.env, TOKEN: self._token},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as problem:
            words = problem.strerror or str(problem)
            raise InputError(f"{launch.argv[0]} cannot be started: {words}; build it again") from None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._tails = (Tail(self._process.stderr), Tail(self._process.stdout))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit code, or None where it still runs after so long."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        """End what is left of the process tree, and wait until it is gone; a second call does nothing."""
        if self._ended:
            return
        self._ended = True
        left = self._tree()
        if self._process.poll() is None:
            # Until the leader is reaped its group can be nobody else's; after that only the token tells.
            with suppress(ProcessLookupError, PermissionError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
        deadline = time.monotonic() + END_SECONDS
        while left and time.monotonic() < deadline:
            for process in left:
                with suppress(psutil.Error):
                    process.kill()
            time.sleep(END_PAUSE)
            left = self._tree()
        self.wait(END_SECONDS)
        for tail in self._tails:  # a spared process may hold the stream open for as long as it likes
            tail.join(DRAIN_SECONDS)

    @property
    def exit_words(self) -> str:
        """How it ended, or that it still runs: `exit status 5`, `signal SIGSEGV (11)`."""
        code = self._process.poll()
        return "still running" if code is None else exit_words(code)

    def how_it_ended(self) -> str:
        """In one line: the exit status or signal, and the last words on its error or standard output."""
        last = next((line for line in (tail.last_line() for tail in self._tails) if line), "")
        return f"{self.exit_words}: {last}" if last else self.exit_words

    def _tree(self) -> list[psutil.Process]:
        found: dict[int, psutil.Process] = {}
        with suppress(psutil.Error):
            found = {child.pid: child for child in psutil.Process(self._process.pid).children(recursive=True)}
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.environ().get(TOKEN) == self._token:
                    found[process.pid] = process
        found.pop(self._process.pid, None)
        return [process for process in found.values() if not self._is_spared(process)]

    def _is_spared(self, process: psutil.Process) -> bool:
        try:
            return process.name() in self._spare
        except psutil.Error:
            return False


def exit_words(code: int) -> str:
    """An exit code of `subprocess` in words: `exit status 5`, `signal SIGSEGV (11)`."""
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"signal {signal.Signals(-code).name} ({-code})"
    except ValueError:
        return f"signal {-code}"
