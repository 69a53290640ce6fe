"""What the runner costs: the batch beside the same cases run by hand in one process."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from winsock_cts.batch import JOURNAL, Span, program_options
from winsock_cts.errors import CtsError
from winsock_cts.journal import EndEvent, JournalReader, StartEvent
from winsock_cts.program import RunningProgram

if TYPE_CHECKING:
    from winsock_cts.fold import Fold
    from winsock_cts.program import Launch

BY_HAND_SECONDS = 600.0


@dataclass(frozen=True)
class Timing:
    """Seconds from the first case's start to the last case's end; `problem` says why they do not compare."""

    batch: float | None
    by_hand: float | None
    problem: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long the batch took."""
        return self.batch / self.by_hand if self.batch is not None and self.by_hand else None


def run_by_hand(launch: Launch, fold: Fold, batch_seconds: float | None) -> Timing:
    """Start the program once for the cases of `fold`, wait until it ends, and only then read its journal."""
    try:
        with tempfile.TemporaryDirectory(prefix="winsock-cts-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            with RunningProgram(launch, program_options(launch, fold, folder), folder) as program:
                ended = program.wait(BY_HAND_SECONDS) is not None
            span, finished = _read(folder / JOURNAL)
    except (CtsError, OSError) as problem:
        return Timing(batch_seconds, None, str(problem))
    if not ended or finished < len(fold.cases):
        how = "stalled" if not ended else "died"
        problem_words = f"run by hand, the program {how} after {finished} of {len(fold.cases)} cases"
        return Timing(batch_seconds, None, problem_words)
    return Timing(batch_seconds, span.seconds)


def _read(journal: Path) -> tuple[Span, int]:
    """The span of the cases and how many ended."""
    reader, span, ended = JournalReader(journal), Span(), 0
    while True:
        for event in reader.poll():
            if isinstance(event, StartEvent | EndEvent) and event.at is not None:
                span.mark(1, event.at, event.at)
            ended += isinstance(event, EndEvent)
        if reader.at_end:
            return span, ended
