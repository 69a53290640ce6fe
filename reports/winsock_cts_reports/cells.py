"""What a target says of one requirement, short enough for a cell of the matrix."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from winsock_cts_reports.alike import same_observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from winsock_cts_reports.judge import Row
    from winsock_cts_reports.record import Observation, Result, Scalar, Verdict

MOST_VALUES = 2
PLAIN_NAME = "result"
SUCCESS = "success"


def value_text(value: Scalar, unit: str | None = None) -> str:
    """A value as it is read aloud: ``true``, ``1011.5 ms``, ``WSAEFAULT (10014)``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return f"{text} {unit}" if unit else text


def observed_text(observation: Observation) -> str:
    """What was seen."""
    return value_text(observation.value, observation.unit)


def documented_text(observation: Observation) -> str:
    """What the documents allow; empty where they say nothing."""
    allowed = " or ".join(value_text(value, observation.unit) for value in observation.documented)
    if allowed and observation.tolerance:
        allowed += f" ± {value_text(observation.tolerance)}"
    return allowed


def cell_text(verdict: Verdict, rows: Sequence[Row]) -> str:
    """The observation worth a cell: what differs, what was recorded, or why there is nothing."""
    results = [row.result for row in rows if row.result.verdict == verdict]
    if verdict == "deviates":
        return _several(_instead(observation) for result in results for observation in result.differing)
    if verdict == "recorded":
        return _several(_values(observation for result in results for observation in result.observations))
    if verdict == "not-run":
        return _several(result.reason.code or "" for result in results if result.reason)
    if verdict in ("crashed", "timed-out", "error"):
        return _several(result.reason.words for result in results if result.reason)
    return ""


def telling_text(results: Sequence[Result], others: Sequence[Result]) -> str:
    """Of what these results observed, what the same cases saw otherwise elsewhere."""
    seen_elsewhere = defaultdict(list)
    for other in others:
        seen_elsewhere[other.case].append(other.observations)
    return _several(
        _values(
            observation
            for result in results
            for place, observation in enumerate(result.observations)
            if any(
                len(seen) <= place or not same_observation(observation, seen[place])
                for seen in seen_elsewhere[result.case]
            )
        )
    )


def _values(observations: Iterable[Observation]) -> Iterator[str]:
    """What was seen, with the observation's name unless it is the plain result of the call."""
    for observation in observations:
        text = observed_text(observation)
        yield text if observation.name == PLAIN_NAME else f"{observation.name} {text}"


def _instead(observation: Observation) -> str:
    """What differs; the plain word success would read like praise, so that it stands beside what is due."""
    (text,) = _values([observation])
    documented = documented_text(observation)
    return f"{text} instead of {documented}" if observation.value == SUCCESS and documented else text


def _several(texts: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(text for text in texts if text))
    more = f", +{len(distinct) - MOST_VALUES}" if len(distinct) > MOST_VALUES else ""
    return ", ".join(distinct[:MOST_VALUES]) + more
