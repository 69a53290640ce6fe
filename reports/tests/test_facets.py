"""Records of one system side by side, and the requirements that ask for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.facets import FACETS, compare
from winsock_cts_reports.judge import exit_status, judge
from winsock_cts_reports.view import build

from .samples import ENABLES, READS_LENGTH, observation, record, row
from .test_families import ALIKE, ledger_that_compares

if TYPE_CHECKING:
    from winsock_cts_reports.facets import Pair
    from winsock_cts_reports.ledger_model import Compares
    from winsock_cts_reports.record import Result, RunRecord
    from winsock_cts_reports.view import RowView

KEYS = frozenset({ENABLES, READS_LENGTH})
TCP = {"name": "TCP", "chain": 1}
LAYERED = [{"name": "Layer over TCP", "chain": 2}, TCP]


def windows(value: int = 1, *others: Result, **fields: object) -> RunRecord:
    """A record of a 64-bit Windows whose one answer is `value`; `fields` stand in its fingerprint, those
    of the process with their names."""
    process = {
        name: fields.pop(name, usual)
        for name, usual in (("machine", "x86_64"), ("integrity", "medium"), ("app_container", False))
    }
    fingerprint = {
        "system": "windows",
        "os": {"version": "10.0.22631", "build": 22631},
        "bits": 64,
        "modules": {"ws2_32.dll": "10.0.1", "afd.sys": "10.0.1"},
        "catalog": [TCP],
        "registry": {"KeepAliveTime": None},
        "process": process,
        "elevated": False,
        "locale": "en-US",
    } | fields
    seen = row("SetOption.Reads", ENABLES, "recorded", observation(value, name="read back"))
    return record(seen, *others, target="windows", fingerprint=fingerprint)


def pairs(compares: Compares, *records: RunRecord) -> tuple[Pair, ...]:
    return compare(records, FACETS[compares], KEYS, ("winsock",))


def told(compares: Compares, one: RunRecord, other: RunRecord) -> tuple[str, tuple[str, ...]] | None:
    """What comparing these two says; None where this is not what sets them apart."""
    found = pairs(compares, one, other)
    return (found[0].comparison.summary, found[0].comparison.differences) if found else None


DIFFERS = ("1 of 1 pair differs", ("SetOption.Reads: read back 1 against 2",))
ORDINARY = windows()
NARROW = {"bits": 32, "machine": "x86", "modules": {"ws2_32.dll": "10.0.2", "afd.sys": "10.0.1"}}


def only(compares: Compares, one: RunRecord, other: RunRecord) -> bool:
    """Whether these two make a pair of this kind, and of no other."""
    return [kind for kind in FACETS if pairs(kind, one, other)] == [compares]


def test_32_bit_beside_64_bit() -> None:
    assert told("bitness", ORDINARY, windows(2, **NARROW)) == DIFFERS
    assert told("bitness", ORDINARY, windows(1, **NARROW)) == ("1 pair alike", ())
    assert only("bitness", ORDINARY, windows(2, **NARROW))


@pytest.mark.parametrize("machine", ["arm64", "arm64ec"])
def test_native_beside_emulated(machine: str) -> None:
    emulated = windows(1, architecture="arm64")
    own = windows(2, architecture="arm64", machine=machine)
    assert told("architectures", emulated, own) == DIFFERS
    assert only("architectures", emulated, own)


@pytest.mark.parametrize(
    "confined",
    [
        windows(2, integrity="low"),
        windows(2, integrity="low", app_container=True),
        windows(2, integrity="untrusted"),
    ],
)
def test_confined_beside_ordinary(confined: RunRecord) -> None:
    assert told("confinement", ORDINARY, confined) == DIFFERS
    assert told("confinement", windows(1, integrity="high", elevated=True), confined) == DIFFERS
    assert only("confinement", ORDINARY, confined)


@pytest.mark.parametrize("installed", [windows(2, catalog=LAYERED), windows(2, product="Filter 1.0")])
def test_with_and_without_a_product(installed: RunRecord) -> None:
    assert told("providers", ORDINARY, installed) == DIFFERS
    assert only("providers", ORDINARY, installed)


@pytest.mark.parametrize(
    "other",
    [
        windows(2),
        windows(2, locale="de-DE"),
        windows(2, integrity="high", elevated=True),
        windows(2, **NARROW, catalog=LAYERED),
        windows(2, **NARROW, os={"version": "10.0.19045", "build": 19045}),
        windows(2, **NARROW, registry={"KeepAliveTime": 1000}),
        windows(2, **(NARROW | {"modules": {"ws2_32.dll": "10.0.1", "afd.sys": "10.0.2"}})),
        windows(2, bits=32, machine="arm64"),
        windows(2, integrity="low", registry={"KeepAliveTime": 1000}),
        windows(2, integrity=None),
        windows(2, machine="arm64", integrity="low"),
        windows(2, process=None),
        windows(2, **NARROW).model_copy(update={"ledger_sha256": "0" * 64}),
        windows(2, **NARROW).model_copy(update={"suite": "0.2.0"}),
    ],
)
def test_records_that_anything_else_sets_apart_are_no_pair(other: RunRecord) -> None:
    assert [kind for kind in FACETS if pairs(kind, ORDINARY, other)] == []


def test_every_two_records_are_a_pair_of_their_own() -> None:
    found = pairs("providers", ORDINARY, windows(product="One"), windows(product="Two"))
    assert [(pair.one, pair.other) for pair in found] == [(0, 1), (0, 2), (1, 2)]


def test_rows_without_an_answer_on_both_are_counted_and_left_out() -> None:
    length = row("GetOption.Length", READS_LENGTH, "conforms", observation(4, 4))
    missing = row("GetOption.Length", READS_LENGTH, "not-run")
    assert told("bitness", windows(1, length), windows(1, missing, **NARROW)) == (
        "1 pair alike, 1 not compared",
        (),
    )
    assert told("bitness", windows(1, length), windows(1, **NARROW)) == ("1 pair alike, 1 not compared", ())


def test_time_and_evidence_are_no_difference() -> None:
    seen = observation(1, name="read back")
    slow = row("GetOption.Length", READS_LENGTH, "recorded", seen, evidence=("getsockopt();",))
    quick = slow.model_copy(update={"seconds": 9.0, "evidence": ()})
    assert told("bitness", windows(1, slow), windows(1, quick, **NARROW)) == ("2 pairs alike", ())


def row_of(compares: str, *records: RunRecord) -> RowView:
    ledger = ledger_that_compares(compares=compares, level="observation")
    view = build(records, ledger, None, None)
    return next(each for area in view.areas for each in area.rows if each.about.key == ALIKE)


def test_the_page_names_the_pairs_and_what_differs() -> None:
    entry = row_of("bitness", ORDINARY, windows(2, **NARROW))
    assert entry.about.state == "tested"
    assert entry.differs
    assert entry.cells == (None, None)
    (compared,) = entry.compared
    assert (compared.summary, compared.differences) == DIFFERS
    assert compared.target == "windows 10.0.22631 #1 beside windows 10.0.22631 #2"


def test_the_page_has_no_pair_where_the_records_make_none() -> None:
    entry = row_of("bitness", ORDINARY, windows(2, product="Filter 1.0"))
    assert entry.compared == ()
    assert not entry.differs
    assert "one of a 32-bit process and one of a 64-bit one" in entry.about.note


def test_a_comparison_of_records_changes_no_judgement() -> None:
    ledger = ledger_that_compares(compares="bitness", level="observation")
    judgements = [judge(each, ledger) for each in (ORDINARY, windows(2, **NARROW))]
    assert all(ALIKE not in judgement.outcomes for judgement in judgements)
    assert exit_status(judgements) == exit_status([judge(ORDINARY, replace(ledger, requirements={}))])
