"""The ledger: documented requirements, what documents they come from, and known deviations from them.

`load` reads conformance/ledger, `lint` says what is wrong with it, `states` what is tested.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from winsock_cts_reports import families
from winsock_cts_reports.facets import facet_of
from winsock_cts_reports.ledger_files import LedgerError, load, sha256
from winsock_cts_reports.ledger_lint import lint
from winsock_cts_reports.ledger_model import (
    AREAS,
    LEVELS,
    SURFACES,
    Citation,
    Claim,
    Conflict,
    Deviation,
    Draft,
    Ledger,
    Reading,
    Requirement,
    Sentence,
    Source,
    Span,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "AREAS",
    "LEVELS",
    "SURFACES",
    "Citation",
    "Claim",
    "Conflict",
    "Deviation",
    "Draft",
    "Ledger",
    "LedgerError",
    "Reading",
    "Requirement",
    "Sentence",
    "Source",
    "Span",
    "State",
    "lint",
    "load",
    "sha256",
    "states",
    "states_on_surfaces",
]


def states(
    ledger: Ledger, listed: Mapping[str, Sequence[str]], has_test: Callable[[str], bool]
) -> Mapping[str, State]:
    """For each requirement whether it is tested, planned or untestable.

    `listed` gives the cases that the program binds to a key, `has_test` whether a test of the suite exists.
    A derived requirement is tested where all that it stands on is, leaving aside what is untestable; a
    comparison needs a test that compares, besides. One of families is made within any record, over whatever
    cases there are: it is tested as soon as two of them make a pair. One of whole records sets each case
    beside itself: it is tested as soon as there is one.
    """
    found: dict[str, State] = {}

    def state(key: str, above: frozenset[str]) -> State:
        requirement = ledger.requirements.get(key)
        if requirement is None or key in above:
            return "planned"
        if key not in found:
            found[key] = own(requirement, above | {key})
        return found[key]

    def own(requirement: Requirement, above: frozenset[str]) -> State:
        way = requirement.checked_by
        if way == "nothing":
            return "untestable"
        if way == "case":
            return "tested" if listed.get(requirement.key) else "planned"
        tested = requirement.test is not None and has_test(requirement.test)
        if way == "suite" or (way == "comparison" and not tested):
            return "tested" if tested else "planned"
        if requirement.compares == "families":
            cases = (name for key in ledger.named_by(requirement) for name in listed.get(key, ()))
            return "tested" if families.has_pair(cases) else "planned"
        if facet_of(requirement) is not None:
            return "tested" if any(listed.get(key) for key in ledger.named_by(requirement)) else "planned"
        below = {state(key, above) for key in ledger.named_by(requirement)} - {"untestable"}
        if not below:
            return "untestable"
        return "tested" if below == {"tested"} else "planned"

    return {key: state(key, frozenset()) for key in ledger.requirements}


def states_on_surfaces(
    ledger: Ledger,
    listed_on: Mapping[str, Mapping[str, Sequence[str]]],
    has_test: Callable[[str], bool],
) -> Mapping[str, Mapping[str, State]]:
    """For each requirement its state on each of its surfaces, as `states` tells it of that surface alone.

    `listed_on` gives for a surface the cases that run there, by the key they are bound to. What a derived
    requirement or a comparison stands on counts where it has the surface, too; where nothing of it has, the
    requirement is planned there. A test of the suite stands for all surfaces.
    """
    whole = states(ledger, _united(listed_on.values()), has_test)
    found: dict[str, dict[str, State]] = {key: {} for key in ledger.requirements}
    for surface in SURFACES:
        there = {key for key, each in ledger.requirements.items() if surface in each.surfaces}
        part = {
            key: replace(each, from_=tuple(name for name in ledger.named_by(each) if name in there))
            for key, each in ledger.requirements.items()
            if key in there
        }
        on_surface = states(replace(ledger, requirements=part), listed_on.get(surface, {}), has_test)
        for key, state in on_surface.items():
            empty = state == "untestable" and whole[key] != "untestable"
            found[key][surface] = "planned" if empty else state
    return {
        key: {surface: found[key][surface] for surface in each.surfaces}
        for key, each in ledger.requirements.items()
    }


def _united(listings: Iterable[Mapping[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    every: dict[str, list[str]] = {}
    for listed in listings:
        for key, names in listed.items():
            every.setdefault(key, []).extend(names)
    return every
