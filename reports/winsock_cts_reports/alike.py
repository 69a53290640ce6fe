"""Whether two results are the same answer: one case on two targets, or one call over two families."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winsock_cts_reports.record import Observation, Result


def same_answer(one: Result, other: Result) -> bool:
    """The same verdict, and each observation the same within its tolerance."""
    return (
        one.verdict == other.verdict
        and len(one.observations) == len(other.observations)
        and all(map(same_observation, one.observations, other.observations))
    )


def same_observation(one: Observation, other: Observation) -> bool:
    """The same name and value; measurements may lie as far apart as the wider tolerance of the two."""
    if one.name != other.name:
        return False
    if one.kind == other.kind == "measurement":
        tolerance = max(one.tolerance or 0, other.tolerance or 0)
        return abs(float(one.value) - float(other.value)) <= tolerance
    return type(one.value) is type(other.value) and one.value == other.value
