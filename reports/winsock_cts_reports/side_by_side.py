"""Two rows set side by side: over two families in one record, or of one case in two records."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeGuard

from winsock_cts_reports.alike import same_answer, same_observation
from winsock_cts_reports.cells import observed_text
from winsock_cts_reports.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from winsock_cts_reports.record import Observation, Result, Verdict

ANSWERS: frozenset[Verdict] = frozenset({"conforms", "deviates", "recorded", "crashed", "timed-out"})


@dataclass(frozen=True)
class Comparison:
    """How many `pairs` were set side by side, in words which of them differ, and how many were left out
    because a row has no counterpart or one of the two no answer."""

    pairs: int
    differences: tuple[str, ...]
    left_out: int

    @property
    def summary(self) -> str:
        """``132 pairs alike``, ``2 of 132 pairs differ``, ``1 pair alike, 3 not compared``."""
        pairs = counted(self.pairs, "pair", "pairs")
        differing = len(self.differences)
        text = f"{differing} of {pairs} {'differs' if differing == 1 else 'differ'}"
        left_out = f", {self.left_out} not compared" if self.left_out else ""
        return (text if differing else f"{pairs} alike") + left_out


def compare(
    sides: Iterable[tuple[Result | None, Result | None]], name: Callable[[Result, Result], str]
) -> Comparison | None:
    """What the pairs say, each difference under the `name` of its pair; None without a pair.

    Only answers are compared: what was not run, or is an error of the suite, says nothing of the target.
    """
    sides = tuple(sides)
    pairs = [(one, other) for one, other in sides if _answers(one) and _answers(other)]
    differences = tuple(
        f"{name(one, other)}: {'; '.join(_differing(one, other))}"
        for one, other in pairs
        if not same_answer(one, other)
    )
    return Comparison(len(pairs), differences, len(sides) - len(pairs)) if pairs else None


def _answers(result: Result | None) -> TypeGuard[Result]:
    return result is not None and result.verdict in ANSWERS


def _differing(one: Result, other: Result) -> Iterator[str]:
    if one.verdict != other.verdict:
        yield f"{one.verdict} against {other.verdict}"
    for seen, beside in zip_longest(one.observations, other.observations):
        if seen is not None and beside is not None:
            if not same_observation(seen, beside):
                name = "" if seen.name == beside.name else f"{beside.name} "
                yield f"{_text(seen)} against {name}{observed_text(beside)}"
        else:
            yield f"{_text(seen)} against {_text(beside)}"


def _text(observation: Observation | None) -> str:
    return f"{observation.name} {observed_text(observation)}" if observation is not None else "nothing"
