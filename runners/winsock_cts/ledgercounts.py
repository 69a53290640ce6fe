"""The tables of `./cts ledger`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from winsock_cts import display

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from winsock_cts_reports.ledger import Ledger

STATES = ("tested", "planned", "untestable")


def show_counts(
    ledger: Ledger, states: Mapping[str, str], on_surfaces: Mapping[str, Mapping[str, str]]
) -> None:
    """For each way of grouping a table of how many requirements are in which state.

    A requirement with several surfaces counts once for each of them, in the state that it has there.
    """
    rows = ledger.requirements.values()
    _show("level", ((each.level, states[each.key]) for each in rows))
    _show("surface", (place for each in rows for place in on_surfaces[each.key].items()))
    _show("area", ((each.area, states[each.key]) for each in rows))
    total = Counter(states.values())
    print(f"{len(states)} requirements: " + ", ".join(f"{total[state]} {state}" for state in STATES))


def _show(heading: str, found: Iterable[tuple[str, str]]) -> None:
    counts = Counter(found)
    rows = []
    for group in dict.fromkeys(group for group, _ in counts):
        numbers = [counts[group, state] for state in STATES]
        rows.append([group, *numbers, sum(numbers)])
    display.table([heading, *STATES, "all"], rows)
    print()
