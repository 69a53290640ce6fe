"""One target's part of a run: the target opened, its batch carried through, its rows made a record."""

from __future__ import annotations

import hashlib
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from winsock_cts import __version__
from winsock_cts.batch import Batch, Limits
from winsock_cts.errors import CtsError
from winsock_cts.fold import Fold
from winsock_cts.timing import Timing, run_by_hand
from winsock_cts_reports import record as records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts.targets import Target
    from winsock_cts_reports.listing import ListedCase, Listing
    from winsock_cts_reports.record import Result, RunRecord


@dataclass(frozen=True)
class Plan:
    """What is to run on a target: its program, the cases, and in words how they were chosen (`all`)."""

    target: Target
    program: Path
    listing: Listing
    cases: Sequence[ListedCase]
    selection: str = "all"
    limits: Limits = field(default_factory=Limits)
    timing: bool = False


class TargetRun:
    """A plan being carried out; `run` in one thread, everything else in another."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.failure: CtsError | None = None
        self.timing: Timing | None = None
        self.fold = Fold(plan.cases, plan.target.surface, plan.listing.ledger_sha256)
        self.batch = Batch(self.fold, plan.limits)
        self._started = _now()
        self._seconds = 0.0
        self._binary: str | None = None

    def run(self) -> None:
        """Carry the plan out; a CtsError or OSError that stops all of it is left in `failure`, not raised."""
        self._started = _now()
        begun = time.monotonic()
        try:
            if not self.batch.stopped:
                self._run_on_target(begun)
        except CtsError as problem:
            self.failure = problem
        except OSError as problem:
            words = f"{problem.filename or 'the temporary folder'}: {problem.strerror or problem}"
            self.failure = CtsError(f"{self.plan.target.name}: {words}")
        finally:
            self._seconds = self._seconds or time.monotonic() - begun
            self.batch.abandon()

    def result(self, name: str) -> Result | None:
        """The row of a case once it has one; None where it will never have any."""
        self.batch.wait_for([name])
        return self.fold.results.get(name)

    def record(self) -> RunRecord | None:
        """The record of the whole batch, once `run` is through; None where nothing ran."""
        return self.record_of(self.fold.rows(), self.plan.selection) if self.fold.results else None

    def record_of(self, rows: Sequence[Result], selection: str) -> RunRecord:
        """A record of some of the rows."""
        header = self.fold.header
        return records.build(
            suite=__version__,
            binary_sha256=self._binary,
            ledger_sha256=self.plan.listing.ledger_sha256,
            target=self.plan.target.name,
            surface=self.plan.target.surface,
            fingerprint=header.fingerprint if header else {},
            selection=selection,
            seed=header.seed if header else 0,
            started=header.started if header else self._started,
            seconds=round(self._seconds, 6),
            results=rows,
        )

    def _run_on_target(self, begun: float) -> None:
        program = self.plan.program
        with (
            self.plan.target.open(program) as launch,
            tempfile.TemporaryDirectory(prefix="winsock-cts-", ignore_cleanup_errors=True) as folder,
        ):
            self._binary = hashlib.sha256(program.read_bytes()).hexdigest()
            self.batch.run(launch, Path(folder))
            self._seconds = time.monotonic() - begun
            if self.plan.timing and not self.batch.stopped:
                self.timing = run_by_hand(launch, self.fold, self.batch.span.seconds)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
