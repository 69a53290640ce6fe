"""One case across all targets: what is documented once, what each target showed beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.cells import documented_text, observed_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from winsock_cts_reports.judge import Row, Standing
    from winsock_cts_reports.record import Observation, Result, Verdict


@dataclass(frozen=True)
class Seen:
    """One target's value; `documented` only where it was held against something else than the others'."""

    text: str
    differs: bool
    documented: str


@dataclass(frozen=True)
class ObservationView:
    """One thing observed, target by target; None where a target did not get that far."""

    name: str
    documented: str
    seen: tuple[Seen | None, ...]


@dataclass(frozen=True)
class Answer:
    """How a case ended on one target; `words` say why it stands as it does."""

    verdict: Verdict
    standing: Standing
    words: str
    reason: str
    unjudged: str
    source: str
    flaky: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class CaseView:
    """One case; an answer is None where the target did not plan it."""

    name: str
    place: str
    observations: tuple[ObservationView, ...]
    answers: tuple[Answer | None, ...]


def case_views(rows: Sequence[Sequence[Row]], places: Mapping[str, str]) -> tuple[CaseView, ...]:
    """The cases of one requirement; `rows` holds those of each target, `places` where a case is written."""
    by_case = [{row.result.case: row for row in of_target} for of_target in rows]
    names = dict.fromkeys(name for of_target in by_case for name in of_target)
    return tuple(_case(name, [of_target.get(name) for of_target in by_case], places) for name in names)


def _case(name: str, rows: Sequence[Row | None], places: Mapping[str, str]) -> CaseView:
    return CaseView(
        name=name,
        place=places.get(name, ""),
        observations=tuple(_observations([row.result if row is not None else None for row in rows])),
        answers=tuple(_answer(row) if row is not None else None for row in rows),
    )


def _answer(row: Row) -> Answer:
    result = row.result
    reason = ": ".join(filter(None, (result.reason.code, result.reason.words))) if result.reason else ""
    return Answer(
        verdict=result.verdict,
        standing=row.standing,
        words=row.words,
        reason=reason,
        unjudged=result.unjudged or "",
        source=row.entry.source if row.entry is not None else "",
        flaky=result.flaky,
        evidence=result.evidence,
    )


def _observations(results: Sequence[Result | None]) -> Iterator[ObservationView]:
    numbered = [_numbered(result) for result in results]
    for name, time in dict.fromkeys(place for observations in numbered for place in observations):
        found = [observations.get((name, time)) for observations in numbered]
        documented = next((text for each in found if each and (text := documented_text(each))), "")
        yield ObservationView(
            name, documented, tuple(_seen(each, documented) if each else None for each in found)
        )


def _numbered(result: Result | None) -> Mapping[tuple[str, int], Observation]:
    """Observations by name and by how often the name came before."""
    times: Counter[str] = Counter()
    numbered = {}
    for observation in result.observations if result is not None else ():
        numbered[observation.name, times[observation.name]] = observation
        times[observation.name] += 1
    return numbered


def _seen(observation: Observation, documented: str) -> Seen:
    own = documented_text(observation)
    return Seen(observed_text(observation), observation.differs, own if own and own != documented else "")
