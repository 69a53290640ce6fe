"""Whether two conditions over fingerprints can hold for one target: two deviations would claim one row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.specifiers import SpecifierSet

from winsock_cts_reports.fingerprint import SPECIFIER_STARTS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from winsock_cts_reports.ledger_model import Value

NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def both_can_hold(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether some fingerprint meets both. A field that only one of them names is no obstacle."""
    return all(_one_value_meets_both(one[path], other[path]) for path in one.keys() & other.keys())


def _one_value_meets_both(one: Value, other: Value) -> bool:
    candidates = (*_candidates(one), *_candidates(other))
    return any(_meets(one, value) and _meets(other, value) for value in candidates)


def _meets(condition: Value, value: Value) -> bool:
    return holds({"field": condition}, {"field": value})


def _candidates(condition: Value) -> Iterator[Value]:
    """Values that tell conditions apart.

    Specifiers name intervals: two that share any version share the lowest of all, one that they name, the
    next one after it, or the next of its last number.
    """
    if not isinstance(condition, str) or not condition.startswith(SPECIFIER_STARTS):
        yield condition
        return
    yield "0"
    for specifier in SpecifierSet(condition):
        found = NUMBERS.search(specifier.version)
        if found:
            *head, last = found.group().split(".")
            yield specifier.version
            yield f"{found.group()}.0.0.0.1"
            yield ".".join([*head, str(int(last) + 1)])
