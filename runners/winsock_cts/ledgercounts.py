"""The tables of `./cts ledger`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from winsock_cts import display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from winsock_cts_reports.ledger import Ledger, Requirement

STATES = ("tested", "planned", "untestable")
GROUPS: Mapping[str, Callable[[Requirement], Iterable[str]]] = {
    "level": lambda requirement: (requirement.level,),
    "surface": lambda requirement: requirement.surfaces,
    "area": lambda requirement: (requirement.area,),
}


def show_counts(ledger: Ledger, states: Mapping[str, str]) -> None:
    """For each way of grouping a table of how many requirements are in which state.

    A requirement with several surfaces counts once for each of them.
    """
    for heading, groups_of in GROUPS.items():
        counts: Counter[tuple[str, str]] = Counter()
        for key, requirement in ledger.requirements.items():
            counts.update((group, states[key]) for group in groups_of(requirement))
        rows = []
        for group in dict.fromkeys(group for group, _ in counts):
            numbers = [counts[group, state] for state in STATES]
            rows.append([group, *numbers, sum(numbers)])
        display.table([heading, *STATES, "all"], rows)
        print()
    total = Counter(states.values())
    print(f"{len(states)} requirements: " + ", ".join(f"{total[state]} {state}" for state in STATES))
