"""Records side by side that are of one system, and differ in one facet of the process or its providers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from winsock_cts_reports import side_by_side
from winsock_cts_reports.fingerprint import field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from winsock_cts_reports.ledger_model import Compares, Requirement
    from winsock_cts_reports.record import Result, RunRecord
    from winsock_cts_reports.side_by_side import Comparison

EVERYWHERE = frozenset({"locale"})
"""Fields that decide no answer."""
OWN_LIBRARIES = frozenset(f"modules.{name}" for name in ("ws2_32.dll", "mswsock.dll", "wsock32.dll"))
"""Each architecture has its own files, with versions of their own."""


@dataclass(frozen=True)
class Facet:
    """What sets two records apart: `apart` tells it of their fingerprints, `words` say it of the two.

    `fields` are those that it is seen in, or that follow from it; in all others the two are equal.
    """

    words: str
    fields: frozenset[str]
    apart: Callable[[Mapping[str, object], Mapping[str, object]], bool]


@dataclass(frozen=True)
class Pair:
    """Two records, by their places among those given, and how their rows compare."""

    one: int
    other: int
    comparison: Comparison


def compare(
    records: Sequence[RunRecord], facet: Facet, requirements: Collection[str], surfaces: Collection[str]
) -> tuple[Pair, ...]:
    """Every two of the records that this facet alone sets apart, with the rows of these requirements."""
    return tuple(
        Pair(one, other, comparison)
        for one, other in combinations(range(len(records)), 2)
        if _only_apart_in(facet, records[one], records[other])
        and (comparison := _rows_compared(records[one], records[other], requirements, surfaces))
    )


def _only_apart_in(facet: Facet, one: RunRecord, other: RunRecord) -> bool:
    ignored = facet.fields | EVERYWHERE
    return (
        one.suite == other.suite
        and one.ledger_sha256 == other.ledger_sha256
        and facet.apart(one.fingerprint, other.fingerprint)
        and dict(_told(one.fingerprint, ignored)) == dict(_told(other.fingerprint, ignored))
    )


def _told(value: object, ignored: Collection[str], path: str = "") -> Iterator[tuple[str, object]]:
    """Each field that is not ignored, by its dotted path."""
    if path in ignored:
        return
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _told(child, ignored, f"{path}.{name}" if path else name)
    else:
        yield path, value


def _rows_compared(
    one: RunRecord, other: RunRecord, requirements: Collection[str], surfaces: Collection[str]
) -> Comparison | None:
    def rows(record: RunRecord) -> Mapping[tuple[str, str], Result]:
        return {
            (row.case, row.surface): row
            for row in record.results
            if row.requirement in requirements and row.surface in surfaces
        }

    first, second = rows(one), rows(other)
    places = dict.fromkeys((*first, *second))
    return side_by_side.compare(
        ((first.get(place), second.get(place)) for place in places), lambda row, _: row.case
    )


def _machines(one: Mapping[str, object], other: Mapping[str, object]) -> set[object]:
    return {field(one, "process.machine"), field(other, "process.machine")}


def _two_widths(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return _machines(one, other) == {"x86", "x86_64"}


def _two_architectures(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    machines = _machines(one, other)
    return len(machines) > 1 and machines <= {"x86_64", "arm64", "arm64ec"}


def _one_confined(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return {_confined(one), _confined(other)} == {True, False}


def _confined(fingerprint: Mapping[str, object]) -> bool | None:
    """None where the record does not tell."""
    level = field(fingerprint, "process.integrity")
    if level is None:
        return None
    return field(fingerprint, "process.app_container") is True or level in ("low", "untrusted")


def _other_providers(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return any(field(one, path) != field(other, path) for path in ("catalog", "product"))


FACETS: Mapping[Compares, Facet] = {
    "bitness": Facet(
        "one of a 32-bit process and one of a 64-bit one",
        OWN_LIBRARIES | {"bits", "process.machine"},
        _two_widths,
    ),
    "architectures": Facet(
        "of processes of two architectures", OWN_LIBRARIES | {"process.machine"}, _two_architectures
    ),
    "confinement": Facet(
        "one in an AppContainer or of low integrity and one that is not",
        frozenset({"process.integrity", "process.app_container", "elevated"}),
        _one_confined,
    ),
    "providers": Facet(
        "with other providers, or with and without a product",
        frozenset({"catalog", "product"}),
        _other_providers,
    ),
}
"""By what a comparison `compares`; the other kinds are not made of records."""


def facet_of(requirement: Requirement) -> Facet | None:
    """What sets the records apart that this requirement compares; None where it compares no records."""
    return FACETS.get(requirement.compares) if requirement.compares else None
