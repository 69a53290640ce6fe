"""IPv4 beside IPv6 within one record: rows whose case names differ in the parameter's family only."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from winsock_cts_reports.alike import same_answer, same_observation
from winsock_cts_reports.cells import observed_text
from winsock_cts_reports.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from winsock_cts_reports.record import Observation, Result, Verdict

FAMILY = re.compile(r"(?<=/)(tcp|udp)([46])(?=-|$)")
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


def has_pair(cases: Iterable[str]) -> bool:
    """Whether any two of the cases differ in the family only."""
    found = {(split.without, split.family) for case in cases if (split := _split(case))}
    return any((without, "6") in found for without, family in found if family == "4")


def compare(results: Iterable[Result], requirements: Collection[str]) -> Comparison | None:
    """The pairs among the rows of these requirements, in whatever order they come; None without a pair.

    Only answers are compared: what was not run, or is an error of the suite, says nothing of the target.
    """
    rows: defaultdict[tuple[str, str], dict[str, Result]] = defaultdict(dict)
    for result in results:
        split = _split(result.case) if result.requirement in requirements else None
        if split is not None:
            rows[split.without, result.surface][split.family] = result
    sides = [(rows[place].get("4"), rows[place].get("6")) for place in sorted(rows)]
    pairs = [(one, other) for one, other in sides if _answers(one) and _answers(other)]
    differences = tuple(_in_words(one, other) for one, other in pairs if not same_answer(one, other))
    return Comparison(len(pairs), differences, len(sides) - len(pairs)) if pairs else None


class _Split(NamedTuple):
    """A case's name without the number of its family, and that number."""

    without: str
    family: str


def _split(case: str) -> _Split | None:
    found = FAMILY.search(case)
    return _Split(case[: found.start(2)] + case[found.end(2) :], found[2]) if found else None


def _answers(result: Result | None) -> TypeGuard[Result]:
    return result is not None and result.verdict in ANSWERS


def _in_words(one: Result, other: Result) -> str:
    """``Short.IsRefused/tcp4-11 against tcp6-11: result success against WSAEFAULT (10014)``."""
    return f"{one.case} against {other.case.partition('/')[2]}: {'; '.join(_differing(one, other))}"


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
