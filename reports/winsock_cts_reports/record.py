"""Run records: what one target answered to every planned case.

The same program on any machine writes these files, so that they are read as coming from a stranger.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import AfterValidator, Field, JsonValue, StringConstraints, ValidationError, model_validator

from winsock_cts_reports import jsonfile
from winsock_cts_reports.atomic import write_whole
from winsock_cts_reports.jsonfile import FileError, StrictModel
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCHEMA: Literal[1] = 1
MADE_BY = "./cts run makes one, named TARGET.run.json"

Verdict = Literal["conforms", "deviates", "recorded", "crashed", "timed-out", "not-run", "error"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

NotRunCode = Literal["unsupported", "depends", "no-right", "no-peer", "missing", "opt-in", "interrupted"]
NOT_RUN_CODES: tuple[NotRunCode, ...] = get_args(NotRunCode)


class RecordError(FileError):
    """A run record that cannot be used, in one line."""


def _utc_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Words = Annotated[str, StringConstraints(max_length=100_000)]
Line = Annotated[str, StringConstraints(max_length=1_000_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Instant = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$"),
    AfterValidator(_utc_instant),
]
Seconds = Annotated[float, Field(ge=0, le=1e9)]
Whole = Annotated[int, Field(ge=-(2**63), lt=2**64)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Scalar = bool | Whole | float | Line


class Reason(StrictModel):
    """Why a row has no conforming or deviating answer; `code` always stands on not-run rows."""

    code: Name | None = None
    words: Words


class Observation(StrictModel):
    """One value that a case saw.

    `expected` is the documented value, or several of which any will do; `tolerance` widens the comparison
    of a measurement and has its `unit`.
    """

    name: Name
    kind: Literal["value", "measurement"]
    value: Scalar
    unit: Name | None = None
    tolerance: Annotated[float, Field(ge=0)] | None = None
    judged: bool
    expected: Scalar | Annotated[tuple[Scalar, ...], Field(min_length=1, max_length=1000)] | None = None

    @property
    def documented(self) -> tuple[Scalar, ...]:
        """The expected values, one or several; none where nothing is documented."""
        if self.expected is None:
            return ()
        return self.expected if isinstance(self.expected, tuple) else (self.expected,)

    @property
    def differs(self) -> bool:
        """Judged, and none of the documented values."""
        return self.judged and not any(self._equals(value) for value in self.documented)

    def _equals(self, other: Scalar) -> bool:
        if self.kind == "measurement":
            return abs(_number(self.value) - _number(other)) <= (self.tolerance or 0)
        if _is_number(self.value) and _is_number(other):
            return self.value == other
        return type(self.value) is type(other) and self.value == other

    @model_validator(mode="after")
    def _is_whole(self) -> Observation:
        if self.judged and self.expected is None:
            raise ValueError(f"observation {self.name!r} is judged but has no expected value")
        if self.kind == "measurement" and not all(map(_is_number, (self.value, *self.documented))):
            raise ValueError(f"measurement {self.name!r} is not a number")
        if self.kind == "value" and self.tolerance is not None:
            raise ValueError(f"observation {self.name!r} has a tolerance but is no measurement")
        return self


class Attempt(StrictModel):
    """An earlier or later try of the same case; it never improves the row's verdict."""

    verdict: Verdict
    seconds: Seconds
    observations: tuple[Observation, ...] = ()
    reason: Reason | None = None
    evidence: tuple[Line, ...] = ()


class Result(StrictModel):
    """One row: what became of one case on one surface."""

    case: Name
    surface: Name
    requirement: Name
    verdict: Verdict
    observations: Annotated[tuple[Observation, ...], Field(max_length=100_000)]
    reason: Reason | None = None
    unjudged: Words | None = None
    seconds: Seconds
    attempts: Annotated[tuple[Attempt, ...], Field(max_length=1000)] = ()
    evidence: Annotated[tuple[Line, ...], Field(max_length=100_000)] = ()

    @property
    def differing(self) -> tuple[Observation, ...]:
        """The observations that make the row deviate."""
        return tuple(observation for observation in self.observations if observation.differs)

    @property
    def flaky(self) -> bool:
        """Attempts did not agree."""
        return any(attempt.verdict != self.verdict for attempt in self.attempts)

    @model_validator(mode="after")
    def _verdict_fits(self) -> Result:
        problem = _verdict_problem(self)
        if problem:
            raise ValueError(f"case {self.case!r} {problem}")
        return self


class RunRecord(StrictModel):
    """All rows of one run of one target; `fingerprint` says what the target was."""

    schema_version: Literal[1] = Field(alias="schema")
    suite: Name
    binary_sha256: Sha256 | None
    ledger_sha256: Sha256
    target: Name
    surface: Name
    fingerprint: dict[str, JsonValue]
    selection: Words
    seed: Whole
    started: Instant
    seconds: Seconds
    complete: bool
    planned: Count
    counts: dict[Verdict, Count] = Field(json_schema_extra={"required": list(VERDICTS)})
    results: Annotated[tuple[Result, ...], Field(max_length=10_000_000)]

    @property
    def interrupted(self) -> bool:
        """Some planned case was not reached because the run was ended."""
        return _any_interrupted(self.results)

    @model_validator(mode="after")
    def _adds_up(self) -> RunRecord:
        for problem in _record_problems(self):
            raise ValueError(problem)
        return self


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Scalar) -> float:
    assert isinstance(value, int | float)
    return value


def _verdict_problem(row: Result) -> str | None:
    differs = bool(row.differing)
    if row.verdict == "deviates" and not differs:
        return "deviates without a differing observation"
    if row.verdict in ("conforms", "recorded") and differs:
        return f"is {row.verdict} with a differing observation"
    if row.verdict == "conforms" and not any(observation.judged for observation in row.observations):
        return "conforms without a judged observation"
    if row.verdict == "not-run" and (row.reason is None or row.reason.code not in NOT_RUN_CODES):
        return f"is not-run without a reason code (one of {', '.join(NOT_RUN_CODES)})"
    if row.verdict in ("crashed", "timed-out", "error") and row.reason is None:
        return f"is {row.verdict} without a reason"
    return None


def _record_problems(record: RunRecord) -> Iterable[str]:
    missing = [verdict for verdict in VERDICTS if verdict not in record.counts]
    if missing:
        yield f"counts lack {', '.join(missing)}"
    if sum(record.counts.values()) != record.planned:
        yield f"counts do not add up: {sum(record.counts.values())} counted, {record.planned} planned"
    if len(record.results) != record.planned:
        yield f"counts do not add up: {len(record.results)} rows, {record.planned} planned"
    found = Counter(row.verdict for row in record.results)
    for verdict in VERDICTS:
        if found[verdict] != record.counts[verdict]:
            counted = record.counts[verdict]
            yield f"counts do not add up: {found[verdict]} rows are {verdict}, {counted} counted"
    rows = Counter((row.case, row.surface) for row in record.results)
    for (case, surface), times in rows.items():
        if times > 1:
            yield f"case {case!r} on surface {surface!r} stands there {times} times"
    if record.complete and (record.selection != "all" or record.interrupted):
        yield "is marked complete, but is a partial selection or was interrupted"


def _any_interrupted(rows: Iterable[Result]) -> bool:
    return any(row.reason is not None and row.reason.code == "interrupted" for row in rows)


def build(
    *,
    suite: str,
    binary_sha256: str | None,
    ledger_sha256: str,
    target: str,
    surface: str,
    fingerprint: Mapping[str, JsonValue],
    selection: str,
    seed: int,
    started: str,
    seconds: float,
    results: Iterable[Result],
) -> RunRecord:
    """A record whose counts, `planned` and `complete` follow from its rows.

    `selection` is "all" or words that describe the choice. Raises RecordError where the rows contradict
    each other.
    """
    rows = tuple(results)
    found = Counter(row.verdict for row in rows)
    try:
        return RunRecord(
            schema=SCHEMA,
            suite=suite,
            binary_sha256=binary_sha256,
            ledger_sha256=ledger_sha256,
            target=target,
            surface=surface,
            fingerprint=dict(fingerprint),
            selection=selection,
            seed=seed,
            started=started,
            seconds=seconds,
            complete=selection == "all" and not _any_interrupted(rows),
            planned=len(rows),
            counts={verdict: found[verdict] for verdict in VERDICTS},
            results=rows,
        )
    except ValidationError as problems:
        words = jsonfile.first_problem(problems)
        raise RecordError(f"record of {visible(target, 100)}: {words}") from None


def load(path: Path) -> RunRecord:
    """The record at `path`, checked; RecordError in one line for anything else."""
    return jsonfile.load(
        path, RunRecord, noun="run record", schema=SCHEMA, error=RecordError, made_by=MADE_BY
    )


def json_schema() -> dict[str, object]:
    """The JSON schema (draft 2020-12) of a record's file."""
    schema = RunRecord.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def dump(record: RunRecord) -> bytes:
    """The record as the bytes of its file: JSON in ASCII, one line for each row."""
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    rows = ",\n".join(f"  {json.dumps(row)}" for row in fields.pop("results"))
    head = json.dumps(fields, indent=1).removesuffix("\n}")
    return f'{head},\n "results": [\n{rows}\n ]\n}}\n'.encode("ascii")


def save(record: RunRecord, path: Path) -> None:
    """Check the record once more and put it at `path` whole.

    RecordError where it contradicts itself or cannot be written; the old file is then untouched.
    """
    try:
        content = dump(record)
        jsonfile.validate(content, RunRecord)
        write_whole(path, content)
    except FileError as problem:
        raise RecordError(f"{visible(str(path))}: not written: {problem}") from None
    except OSError as problem:
        words = problem.strerror or str(problem)
        raise RecordError(f"{visible(str(path))}: not written: {visible(words, 200)}") from None
