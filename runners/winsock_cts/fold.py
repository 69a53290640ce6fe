"""Folds the events of a journal into the rows of a run record. Pure: no file, no clock, no process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from winsock_cts.journal import (
    EndEvent,
    Event,
    FinishedEvent,
    JournalError,
    ObservedEvent,
    RunEvent,
    StartEvent,
)
from winsock_cts_reports.record import Reason, Result, Verdict
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from winsock_cts_reports.listing import ListedCase
    from winsock_cts_reports.record import Observation

MOST_OBSERVATIONS = 10_000


class Fold:
    """The state of one run: which case is open, which have their row, which are left.

    `apply` takes events in the order of the journal and raises JournalError for a sequence that cannot be.
    """

    def __init__(self, cases: Iterable[ListedCase], surface: str, ledger_sha256: str) -> None:
        self.cases: Mapping[str, ListedCase] = {case.name: case for case in cases}
        self.surface = surface
        self.ledger_sha256 = ledger_sha256
        self.results: dict[str, Result] = {}
        self.header: RunEvent | None = None
        self.open: str | None = None
        self.finished = False
        self._observations: list[Observation] = []

    @property
    def left(self) -> list[str]:
        """Planned cases without a row, in the order of the listing."""
        return [name for name in self.cases if name not in self.results]

    def apply(self, event: Event) -> None:
        """Take the next event; an `end` adds the row of its case to `results`."""
        match event:
            case RunEvent():
                self._begin(event)
            case StartEvent():
                self._start(event.case)
            case ObservedEvent():
                self._observe(event)
            case EndEvent():
                self._end(event)
            case FinishedEvent():
                self.finished = True

    def close(self, verdict: Verdict, code: str, words: str) -> None:
        """Give every case that is left the same verdict and reason."""
        for name in self.left:
            self.results[name] = self._row(name, verdict=verdict, reason=Reason(code=code, words=words))
        self.open = None

    def rows(self) -> list[Result]:
        """The rows so far, in the order of the listing."""
        return [self.results[name] for name in self.cases if name in self.results]

    def _begin(self, event: RunEvent) -> None:
        if self.header is not None:
            return
        if event.surface != self.surface:
            raise JournalError(f"the program ran surface {visible(event.surface, 50)}, not {self.surface}")
        if event.ledger_sha256 != self.ledger_sha256:
            raise JournalError("the program was built from another ledger than the listing; build both again")
        self.header = event

    def _planned(self, name: str) -> str:
        if name not in self.cases:
            raise JournalError(f"the program ran case {visible(name, 200)}, which was not selected")
        return name

    def _start(self, name: str) -> None:
        self._planned(name)
        if self.open is not None:
            raise JournalError(f"case {name} started while {self.open} was open")
        if name in self.results:
            raise JournalError(f"case {name} started again after its end")
        self.open = name
        self._observations = []

    def _observe(self, event: ObservedEvent) -> None:
        if event.case != self.open:
            raise JournalError(f"an observation of case {visible(event.case, 200)}, which is not open")
        if len(self._observations) >= MOST_OBSERVATIONS:
            raise JournalError(f"case {event.case} has more than {MOST_OBSERVATIONS} observations")
        self._observations.append(event.observation)

    def _end(self, event: EndEvent) -> None:
        name = self._planned(event.case)
        if name in self.results:
            raise JournalError(f"case {name} ended twice")
        if self.open not in (None, name):
            raise JournalError(f"case {name} ended while {self.open} was open")
        observations = tuple(self._observations) if self.open == name else ()
        self.results[name] = self._row(
            name,
            verdict=event.verdict,
            observations=observations,
            reason=event.reason,
            unjudged=event.unjudged,
            seconds=event.seconds,
            evidence=tuple(event.evidence),
        )
        self.open = None
        self._observations = []

    def _row(
        self,
        name: str,
        *,
        verdict: Verdict,
        observations: tuple[Observation, ...] = (),
        reason: Reason | None = None,
        unjudged: str | None = None,
        seconds: float = 0.0,
        evidence: tuple[str, ...] = (),
    ) -> Result:
        """The row as the program tells it; an `error` row where verdict and observations do not agree."""
        requirement = self.cases[name].requirement
        try:
            return Result(
                case=name,
                surface=self.surface,
                requirement=requirement,
                verdict=verdict,
                observations=observations,
                reason=reason,
                unjudged=unjudged,
                seconds=seconds,
                evidence=evidence,
            )
        except ValidationError as problems:
            words = problems.errors(include_url=False, include_context=False)[0]["msg"].removeprefix(
                "Value error, "
            )
            return Result(
                case=name,
                surface=self.surface,
                requirement=requirement,
                verdict="error",
                observations=observations,
                reason=Reason(
                    code="error", words=f"the program's verdict does not hold: {visible(words, 300)}"
                ),
                seconds=seconds,
                evidence=evidence,
            )
