"""What the command line shows: tables and a progress bar on a terminal, plain lines in a pipe.

Progress and problems go to standard error, results to standard output.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from _typeshed import ReadableBuffer

    Step = Callable[[str, int, int], None]

SLOW_SECONDS = 1.0
READER_GONE = (errno.EPIPE, errno.EINVAL)  # EINVAL is what Windows says


class _Pipe(io.FileIO):
    """A descriptor that takes what is written even after its reader has gone."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as problem:
            if problem.errno not in READER_GONE:
                raise
            return memoryview(data).nbytes


def outlive_readers() -> None:
    """From here on, a standard stream whose reader goes, or that is closed, changes nothing of the run."""
    sys.stdout = _outliving(sys.stdout, sys.__stdout__)
    sys.stderr = _outliving(sys.stderr, sys.__stderr__)


def _outliving(stream: TextIO | None, own: TextIO | None) -> TextIO:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if stream is not own or not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Pipe(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )


def say(line: str) -> None:
    """One plain line of the way, on standard error."""
    print(line, file=sys.stderr, flush=True)


def problem(line: str) -> None:
    """One line that says what is wrong."""
    say(f"cts: {visible(line, 4000)}")


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows under headings on standard output; columns of numbers stand to the right."""
    cells = [[visible(str(cell), 300) for cell in row] for row in rows]
    columns = list(zip(headings, *cells, strict=True))
    numbers = [all(cell.isdigit() for cell in column[1:]) for column in columns]
    if sys.stdout.isatty():
        _rich_table(headings, cells, numbers)
        return
    widths = [max(map(len, column)) for column in columns]
    for row in (headings, *cells):
        placed = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ]
        print("  ".join(placed).rstrip())


@contextmanager
def progress() -> Iterator[Step]:
    """A function `step(what, done, of)` that shows how far something is."""
    if sys.stderr.isatty():
        with _bars() as step:
            yield step
    else:
        yield _Lines().step


class _Lines:
    """In a pipe: a line where something takes long begins, and one where it is done."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._told: set[str] = set()

    def step(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        begun = self._begun.setdefault(what, now)
        if what not in self._told and now - begun > SLOW_SECONDS:
            self._told.add(what)
            say(f"{what}: {done} of {of}")
        if done == of:
            say(f"{what}: {of} done in {now - begun:.1f} s")
            del self._begun[what]


@contextmanager
def _bars() -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=of)
            shown.update(tasks[what], completed=done, total=of)

        yield step


def _rich_table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD)
    for heading, number in zip(headings, numbers, strict=True):
        shown.add_column(heading, justify="right" if number else "left")
    for row in rows:
        shown.add_row(*map(escape, row))
    Console().print(shown)
