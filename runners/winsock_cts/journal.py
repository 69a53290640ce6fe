"""The journal: JSON lines that the test program flushes as it goes, the only thing that is trusted of it.

A program that dies leaves the journal behind; its last line may be torn. Whoever continues drops it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from winsock_cts.errors import CtsError
from winsock_cts_reports.record import Instant, Observation, Reason, Verdict
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 1
LONGEST_LINE = 4 * 1024 * 1024
CHUNK = 1024 * 1024

Seconds = Annotated[float, Field(ge=0, le=1e9)]
Name = Annotated[str, Field(min_length=1, max_length=500)]


class JournalError(CtsError):
    """A journal that no sane program writes, in one line."""


class _Event(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, allow_inf_nan=False)


class RunEvent(_Event):
    """The first line: what runs, where, and every case that is planned."""

    event: Literal["run"]
    schema_version: Literal[1] = Field(alias="schema")
    surface: Name
    ledger_sha256: str
    seed: int
    fingerprint: dict[str, JsonValue]
    planned: list[Name]
    started: Instant


class StartEvent(_Event):
    """A case begins; `at` is in seconds since the program started."""

    event: Literal["start"]
    case: Name
    at: Seconds


class ObservedEvent(_Event):
    """The open case saw something."""

    event: Literal["observed"]
    case: Name
    observation: Observation


class EndEvent(_Event):
    """A case has its verdict; `at` is missing where it was not the program that wrote the line."""

    event: Literal["end"]
    case: Name
    verdict: Verdict
    at: Seconds | None = None
    seconds: Seconds = 0.0
    reason: Reason | None = None
    unjudged: str | None = None
    evidence: list[str] = []


class ResumedEvent(_Event):
    """The program goes on with a journal that an earlier start of it left."""

    event: Literal["resumed"]


class FinishedEvent(_Event):
    """The program has nothing left to do."""

    event: Literal["finished"]


Event = RunEvent | StartEvent | ObservedEvent | EndEvent | ResumedEvent | FinishedEvent
_EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


def parse(line: bytes, number: int) -> Event:
    """The event of one whole line; JournalError names the line where it is none."""
    try:
        return _EVENTS.validate_json(line)
    except ValidationError as problems:
        first = problems.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        words = visible(f"{place}: {first['msg']}" if place else first["msg"], 200)
        raise JournalError(f"line {number} of the journal is no event of this suite ({words})") from None


@dataclass
class JournalReader:
    """Reads what is new in a journal that is still being written.

    `poll` gives whole lines only; what stands after the last newline waits in `pending`.
    """

    path: Path
    pending: bytes = b""
    offset: int = 0
    lines: int = field(default=0, init=False)
    at_end: bool = field(default=True, init=False)

    def poll(self) -> list[Event]:
        """What was written since the last call, at most `CHUNK` bytes: `at_end` says whether that was all.

        None where the file is not there yet.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                new = file.read(CHUNK)
        except FileNotFoundError:
            return []
        self.offset += len(new)
        self.at_end = len(new) < CHUNK
        *whole, self.pending = (self.pending + new).split(b"\n")
        if len(self.pending) > LONGEST_LINE:
            raise JournalError(f"line {self.lines + 1} of the journal is longer than {LONGEST_LINE} bytes")
        events = []
        for line in whole:
            self.lines += 1
            if line.strip():
                events.append(parse(line, self.lines))
        return events

    def drop_torn_line(self) -> None:
        """Cut the file after its last whole line; only once the program has ended."""
        if self.pending:
            self.offset -= len(self.pending)
            self.pending = b""
            os.truncate(self.path, self.offset)


def append_end(path: Path, case: str, verdict: Verdict, words: str, seconds: float) -> None:
    """Close a case that the program left open; the journal must end with a whole line."""
    event: dict[str, Any] = {
        "event": "end",
        "case": case,
        "verdict": verdict,
        "seconds": round(seconds, 6),
        "reason": {"code": verdict, "words": words},
    }
    with path.open("ab") as file:
        file.write(json.dumps(event).encode("ascii") + b"\n")
        file.flush()
