"""The kill table: what every fault of the model broke, as the program writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from winsock_cts_reports import jsonfile
from winsock_cts_reports.jsonfile import FileError, StrictModel
from winsock_cts_reports.record import Verdict  # noqa: TC001  pydantic reads them at run time

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Literal[1] = 1

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Words = Annotated[str, StringConstraints(max_length=100_000)]


class KillTableError(FileError):
    """A kill table that cannot be used, in one line."""


class CaseVerdict(StrictModel):
    """One case on the model; `sites` are the Expect sites (``file:line``) that differed, `words` say why it
    was not judged."""

    case: Name
    requirement: Name
    verdict: Verdict
    sites: tuple[Name, ...]
    words: Words = ""


class Profile(StrictModel):
    """The model without a fault; `follows` names the document followed in each conflict."""

    name: Name
    baseline: tuple[CaseVerdict, ...]
    follows: dict[Name, Name] = Field(default_factory=dict)


class FaultRun(StrictModel):
    """What a fault changed under one profile: cases whose verdict is not the baseline's."""

    profile: Name
    newly: tuple[CaseVerdict, ...]


class Fault(StrictModel):
    """One wrong decision planted in the model; `reason` says why it may break more than five."""

    name: Name
    what: Words
    file: Name
    line: Annotated[int, Field(ge=1)]
    breaks: tuple[Name, ...]
    reason: Words = ""
    runs: tuple[FaultRun, ...]

    @property
    def killed(self) -> frozenset[str]:
        """The requirements that newly deviate under some profile."""
        return frozenset(
            row.requirement for run in self.runs for row in run.newly if row.verdict == "deviates"
        )


class Site(StrictModel):
    """An Expect that judged in some run, and a case that reached it."""

    site: Name
    case: Name


class KillTable(StrictModel):
    """All faults, run one at a time under every profile."""

    schema_version: Literal[1] = Field(alias="schema")
    profiles: tuple[Profile, ...]
    faults: tuple[Fault, ...]
    sites: tuple[Site, ...]

    @property
    def deviating(self) -> tuple[CaseVerdict, ...]:
        """Every case that some fault made deviate."""
        return tuple(
            row
            for fault in self.faults
            for run in fault.runs
            for row in run.newly
            if row.verdict == "deviates"
        )


def load(path: Path) -> KillTable:
    """The kill table at `path`; KillTableError in one line for anything else."""
    return jsonfile.load(path, KillTable, noun="kill table", schema=SCHEMA, error=KillTableError)
