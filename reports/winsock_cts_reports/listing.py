"""The program's listing: every case it holds and the requirement that the case is bound to."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from winsock_cts_reports import jsonfile
from winsock_cts_reports.jsonfile import FileError, StrictModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCHEMA = 1

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class ListingError(FileError):
    """A listing that cannot be used, in one line."""


class ListedCase(StrictModel):
    """One case with its parameter; `file` is relative to the project, `links` judge nothing."""

    name: Name
    suite: Name
    case: Name
    param: str
    area: Name
    file: Name
    line: Annotated[int, Field(ge=1)]
    requirement: Name
    links: tuple[Name, ...]
    surfaces: tuple[Name, ...]
    judges: bool
    isolated: bool


class Listing(StrictModel):
    """All cases in the program's own order."""

    schema_version: Literal[1] = Field(alias="schema")
    ledger_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    cases: tuple[ListedCase, ...]

    @property
    def by_name(self) -> Mapping[str, ListedCase]:
        """Cases by their full name."""
        return {case.name: case for case in self.cases}

    @property
    def bound(self) -> Mapping[str, Sequence[str]]:
        """Names of the cases bound to each requirement that has any."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for case in self.cases:
            names[case.requirement].append(case.name)
        return dict(names)

    @property
    def bound_on(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """For each surface the names of the cases that run there, by the requirement they are bound to."""
        names: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for case in self.cases:
            for surface in case.surfaces:
                names[surface][case.requirement].append(case.name)
        return {surface: dict(bound) for surface, bound in names.items()}

    @model_validator(mode="after")
    def _names_once(self) -> Listing:
        for name, times in Counter(case.name for case in self.cases).items():
            if times > 1:
                raise ValueError(f"case {name!r} is listed {times} times")
        return self


def load(path: Path) -> Listing:
    """The listing at `path`; ListingError in one line for anything else."""
    return jsonfile.load(path, Listing, noun="case listing", schema=SCHEMA, error=ListingError)
