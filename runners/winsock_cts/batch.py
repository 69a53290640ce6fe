"""Carries one program through its planned cases: follows its journal, keeps its limits, starts it again.

What is fatal to a case is its row (`crashed`, `timed-out`); what is fatal to the program gives `error` rows.
A batch always ends with a row for every planned case.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from winsock_cts.errors import CtsError, InputError
from winsock_cts.journal import (
    EndEvent,
    JournalReader,
    ObservedEvent,
    StartEvent,
    append_end,
)
from winsock_cts.program import RunningProgram

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from winsock_cts.fold import Fold
    from winsock_cts.program import Launch


POLL_SECONDS = 0.02
IDLE_STARTS = 2
JOURNAL = "journal.jsonl"

Ending = Literal["exited", "case-limit", "silence", "stopped"]


@dataclass(frozen=True)
class Limits:
    """In seconds: how long one case may be open, how long none may start, how long the way out may take."""

    case: float = 30.0
    silence: float = 60.0
    exit: float = 10.0


class Span:
    """From the first case's start to the last case's end.

    Within one start of the program its own clock counts; over several, the instants when the lines were seen.
    """

    def __init__(self) -> None:
        self._marks: list[tuple[int, float, float]] = []

    def mark(self, start: int, at: float, seen: float) -> None:
        """A case began or ended: in which start, when by the program's clock, when it was seen."""
        self._marks = [*self._marks[:1], (start, at, seen)]

    @property
    def seconds(self) -> float | None:
        """None where no case ran."""
        if len(self._marks) < 2:
            return None
        (first_start, first_at, first_seen), (last_start, last_at, last_seen) = self._marks
        return last_at - first_at if first_start == last_start else last_seen - first_seen


class Batch:
    """Planned cases on their way through one program; `run` in one thread, `wait_for` in another."""

    def __init__(self, fold: Fold, limits: Limits) -> None:
        self.fold = fold
        self.span = Span()
        self.starts = 0
        self.failure: str | None = None
        """Why the program as a whole could not go on; the words of every `error` row that this made."""
        self.overstayed = False
        """Whether the program went on after its last case and had to be ended."""
        self._limits = limits
        self._stop = threading.Event()
        self._over = False
        self._changed = threading.Condition()

    def stop(self) -> None:
        """Ask the run to end; what has no row yet becomes not-run, `interrupted`."""
        self._stop.set()

    def wait_for(self, names: Iterable[str]) -> None:
        """Return once all these cases have their row, or the batch is over."""
        wanted = frozenset(names)
        with self._changed:
            self._changed.wait_for(lambda: self._over or wanted <= self.fold.results.keys())

    @property
    def stopped(self) -> bool:
        """Whether the run was asked to end."""
        return self._stop.is_set()

    def abandon(self) -> None:
        """Nothing will run: whoever waits goes on without rows."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def run(self, launch: Launch, folder: Path) -> None:
        """Run to the end, with the journal and the selection in `folder`.

        InputError where the program cannot be started at all; other failures are rows.
        """
        try:
            options = program_options(launch, self.fold, folder)
            self._run_all(launch, options, JournalReader(folder / JOURNAL))
        except (CtsError, OSError) as problem:
            if isinstance(problem, InputError) and not self.fold.results:
                raise
            self._fail(_os_words(problem) if isinstance(problem, OSError) else str(problem))
        else:
            self._close("not-run", "interrupted", "the run was ended before this case")
        finally:
            self.abandon()

    def _run_all(self, launch: Launch, options: tuple[str, ...], reader: JournalReader) -> None:
        idle = 0
        while self.fold.left and not self._stop.is_set():
            before = len(self.fold.results)
            self.starts += 1
            with RunningProgram(launch, options, reader.path.parent) as program:
                ending = self._follow(program, reader)
                program.end()
            if ending == "stopped":
                return
            self.overstayed = ending == "silence"
            self._catch_up(reader)
            while not reader.at_end:
                self._catch_up(reader)
            reader.drop_torn_line()
            self._close_open_case(reader, ending, program.exit_words)
            if self.fold.finished:
                self._fail("the program finished without running all its cases; build it again")
            idle = idle + 1 if len(self.fold.results) == before else 0
            if idle == IDLE_STARTS:
                silent = f"no case started within {self._limits.silence:g} s"
                words = silent if ending == "silence" else program.how_it_ended()
                self._fail(f"the program was started {IDLE_STARTS} times in vain: {words}")

    def _follow(self, program: RunningProgram, reader: JournalReader) -> Ending:
        """Until the program ends, or a limit or a request to stop says that it must."""
        opened = heard = time.monotonic()
        was_open: str | None = None
        while True:
            exited = program.wait(POLL_SECONDS) is not None
            now = time.monotonic()
            if self._catch_up(reader):
                heard = now
            if self.fold.open != was_open:
                was_open, opened = self.fold.open, now
            if self._stop.is_set():
                return "stopped"
            if exited:
                return "exited"
            if was_open is not None and now - opened > self._limits.case:
                return "case-limit"
            if was_open is None and now - heard > (
                self._limits.silence if self.fold.left else min(self._limits.exit, self._limits.silence)
            ):
                return "silence"

    def _catch_up(self, reader: JournalReader) -> bool:
        """Take what is new in the journal; whether any case went on."""
        seen = time.monotonic()
        events = reader.poll()
        with self._changed:
            for event in events:
                self.fold.apply(event)
                if isinstance(event, StartEvent | EndEvent) and event.at is not None:
                    self.span.mark(self.starts, event.at, seen)
            self._changed.notify_all()
        return any(isinstance(event, StartEvent | ObservedEvent | EndEvent) for event in events)

    def _close_open_case(self, reader: JournalReader, ending: Ending, exit_words: str) -> None:
        name = self.fold.open
        if name is None:
            return
        if ending == "case-limit":
            words = f"still running after {self._limits.case:g} s"
            append_end(reader.path, name, "timed-out", words, self._limits.case)
        else:
            append_end(reader.path, name, "crashed", exit_words, 0.0)
        self._catch_up(reader)

    def _fail(self, words: str) -> None:
        if self.fold.left:
            self.failure = words
        self._close("error", "error", words)

    def _close(self, verdict: Literal["error", "not-run"], code: str, words: str) -> None:
        with self._changed:
            self.fold.close(verdict, code, words)
            self._changed.notify_all()


def program_options(launch: Launch, fold: Fold, folder: Path) -> tuple[str, ...]:
    """What tells the program to run the cases of `fold` with its journal in `folder`."""
    selection = folder / "select.txt"
    selection.write_text("".join(f"{name}\n" for name in fold.cases), encoding="utf-8")
    return (
        f"--cts_surface={fold.surface}",
        f"--cts_select={launch.as_seen(selection)}",
        f"--cts_events={launch.as_seen(folder / JOURNAL)}",
    )


def _os_words(problem: OSError) -> str:
    return f"{problem.filename or 'the journal'}: {problem.strerror or problem}"
