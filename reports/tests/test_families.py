"""IPv4 beside IPv6 within one record, and the requirement that both are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.families import compare
from winsock_cts_reports.judge import exit_status, judge
from winsock_cts_reports.ledger import Citation, Ledger, Requirement, Span
from winsock_cts_reports.record import Observation, Result
from winsock_cts_reports.view import build

from .samples import (
    DATAGRAM,
    ENABLES,
    FAULT_CODE,
    INVALID_CODE,
    READS_LENGTH,
    WINE,
    deviation,
    make_ledger,
    observation,
    record,
    row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winsock_cts_reports.judge import Outcome
    from winsock_cts_reports.record import Verdict

ALIKE = "families/ipv4-and-ipv6-alike"
KEYS = frozenset({ENABLES, READS_LENGTH})


def ledger_that_compares(**fields: object) -> Ledger:
    """The small ledger, with the requirement that rows of so-keepalive/* are alike over both families."""
    given: dict[str, object] = {
        "key": ALIKE,
        "row": "FAM-05",
        "area": "families",
        "statement": "IPv4 and IPv6 are alike.",
        "level": "must",
        "surfaces": ("winsock",),
        "windows": Span("xp", None),
        "sources": (Citation("S-SIO", "Remarks"),),
        "checked_by": "comparison",
        "compares": "families",
        "from_": ("so-keepalive/*",),
        "test": "test_families.py::test",
    }
    ledger = make_ledger(deviation("GetOption.*", {"length": 1}))
    alike = Requirement(**(given | fields))  # type: ignore[arg-type]
    return Ledger(
        requirements={**ledger.requirements, ALIKE: alike},
        sources=ledger.sources,
        conflicts=ledger.conflicts,
        sentences=ledger.sentences,
        deviations=ledger.deviations,
        sha256=ledger.sha256,
    )


def length(param: str, value: int | str, verdict: Verdict = "deviates") -> Result:
    return row(f"GetOption.Length/{param}", READS_LENGTH, verdict, observation(value, 4, "length"))


def reads(param: str, *values: int | str) -> Result:
    """A row that only records, so that values may differ without another verdict."""
    seen = (observation(value, name="read back") for value in values)
    return row(f"SetOption.Reads/{param}", ENABLES, "recorded", *seen, unjudged="an observation")


def lasting(param: str, milliseconds: float, tolerance: float | None) -> Result:
    seen = Observation(
        name="took", kind="measurement", value=milliseconds, unit="ms", tolerance=tolerance, judged=False
    )
    return row(f"SetOption.Reads/{param}", ENABLES, "recorded", seen)


ONE_ENABLES = [
    row(f"SetOption.OneEnables/{family}", ENABLES, "conforms", observation(1, 1))
    for family in ("tcp4", "tcp6")
]
LENGTHS_APART = [length("tcp4", 1), length("tcp6", 4, "conforms")]


def outcome(*results: Result, fingerprint: object = None, **fields: object) -> Outcome | None:
    made = record(*results, fingerprint=fingerprint)
    return judge(made, ledger_that_compares(**fields)).outcomes.get(ALIKE)


def differences(*results: Result) -> tuple[str, ...]:
    compared = compare(results, KEYS)
    assert compared is not None
    return compared.differences


def test_a_row_that_differs_over_ipv6_makes_the_requirement_deviate() -> None:
    apart = outcome(*ONE_ENABLES, *LENGTHS_APART)
    assert apart is not None
    assert apart.comparison is not None
    assert (apart.verdict, apart.standing) == ("deviates", "unexpected")
    assert apart.comparison.summary == "1 of 2 pairs differs"
    assert apart.comparison.differences == (
        "GetOption.Length/tcp4 against tcp6: deviates against conforms; length 1 against 4",
    )


def test_rows_that_deviate_alike_conform_in_being_alike() -> None:
    alike = outcome(*ONE_ENABLES, length("tcp4", 1), length("tcp6", 1))
    assert alike is not None
    assert alike.comparison is not None
    assert (alike.verdict, alike.standing) == ("conforms", "ok")
    assert alike.comparison.summary == "2 pairs alike"


def test_a_difference_alone_gives_1() -> None:
    """Each row by itself is expected: one deviates as noted, the other conforms and has no entry."""
    noted = deviation("GetOption.Length/tcp4", {"length": 1})
    for keys, status in ((("so-keepalive/*",), 1), (("families/*",), 0)):
        ledger = ledger_that_compares(from_=keys)
        only_noted = Ledger(
            requirements=ledger.requirements,
            sources=ledger.sources,
            conflicts=ledger.conflicts,
            sentences=ledger.sentences,
            deviations=(noted,),
            sha256=ledger.sha256,
        )
        judgement = judge(record(*LENGTHS_APART), only_noted)
        assert [each.standing for each in judgement.rows] == ["known", "ok"]
        assert exit_status([judgement]) == status


def test_the_order_of_the_record_does_not_matter() -> None:
    results = [*LENGTHS_APART, reads("tcp4-2", 1), reads("tcp6-2", 0), reads("tcp4-1", 1), reads("tcp6-1", 0)]
    forward, backward = outcome(*results), outcome(*reversed(results))
    assert forward == backward
    assert forward is not None
    assert forward.comparison is not None
    assert [words.partition(":")[0] for words in forward.comparison.differences] == [
        "GetOption.Length/tcp4 against tcp6",
        "SetOption.Reads/tcp4-1 against tcp6-1",
        "SetOption.Reads/tcp4-2 against tcp6-2",
    ]


@pytest.mark.parametrize(
    "results",
    [
        [],
        [length("tcp4", 1)],
        [length("tcp6", 1)],
        [length("tcp4", 1), length("udp6", 4, "conforms")],
        [length("tcp4-1", 1), length("tcp6-2", 4, "conforms")],
        [length("ip4", 1), length("ip6", 4, "conforms")],
        [length("tcp44", 1), length("tcp46", 4, "conforms")],
        [length("tcp4", 1), row("GetOption.Length/tcp6", READS_LENGTH, "not-run")],
        [row("GetOption.Length/tcp4", READS_LENGTH, "error"), length("tcp6", 1)],
        [row(f"Udp.Set/udp{number}", DATAGRAM, "not-run") for number in (4, 6)],
        [length("tcp4", 1), row("GetOption.Length/tcp6", READS_LENGTH, "crashed", surface="spi")],
    ],
)
def test_without_a_pair_of_answers_there_is_no_outcome(results: Sequence[Result]) -> None:
    assert outcome(*results) is None


def test_what_is_not_compared_is_counted() -> None:
    compared = compare(
        [
            *ONE_ENABLES,
            length("tcp4", 1),
            reads("tcp4", 1),
            row("SetOption.Reads/tcp6", ENABLES, "not-run"),
            length("", 1),
        ],
        KEYS,
    )
    assert compared is not None
    assert compared.summary == "1 pair alike, 2 not compared"


def test_requirements_that_are_not_named_are_left_out() -> None:
    refused = row("Udp.Set/udp4", DATAGRAM, "deviates", observation(INVALID_CODE, FAULT_CODE))
    otherwise = row("Udp.Set/udp6", DATAGRAM, "conforms", observation(FAULT_CODE, FAULT_CODE))
    assert outcome(refused, otherwise) is None
    named = outcome(refused, otherwise, from_=(DATAGRAM,))
    assert named is not None
    assert named.verdict == "deviates"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (reads("tcp4", 1), reads("tcp6", 1), ""),
        (reads("tcp4", 1), reads("tcp6", 0), "read back 1 against 0"),
        (reads("tcp4", 1), reads("tcp6", "1"), "read back 1 against 1"),
        (reads("tcp4", 1, 0), reads("tcp6", 1, 1), "read back 0 against 1"),
        (reads("tcp4", 1, 0), reads("tcp6", 1), "read back 0 against nothing"),
        (reads("tcp4", 1), reads("tcp6", 1, 0), "nothing against read back 0"),
        (
            reads("tcp4", 1),
            row("SetOption.Reads/tcp6", ENABLES, "recorded", observation(1, name="length")),
            "read back 1 against length 1",
        ),
        (lasting("tcp4", 100, 60), lasting("tcp6", 155, 60), ""),
        (lasting("tcp4", 100, 60), lasting("tcp6", 155, None), ""),
        (lasting("tcp4", 100, 60), lasting("tcp6", 161, 60), "took 100 ms against 161 ms"),
        (
            row("SetOption.Reads/tcp4", ENABLES, "crashed"),
            row("SetOption.Reads/tcp6", ENABLES, "timed-out"),
            "crashed against timed-out",
        ),
    ],
)
def test_pairs_are_held_together_by_name_and_value(one: Result, other: Result, words: str) -> None:
    expected = (f"SetOption.Reads/tcp4 against tcp6: {words}",) if words else ()
    assert differences(other, one) == expected


@pytest.mark.parametrize("version", ["5.0.2195", None])
def test_windows_of_which_no_document_speaks_is_not_judged(version: str | None) -> None:
    fingerprint = {**WINE, "os": {"version": version}}
    found = outcome(*LENGTHS_APART, fingerprint=fingerprint)
    assert found is not None
    assert found.comparison is not None
    assert (found.verdict, found.standing) == ("recorded", "ok")
    assert found.comparison.summary == "1 of 1 pair differs"


def test_an_observation_is_never_judged() -> None:
    found = outcome(*LENGTHS_APART, level="observation")
    assert found is not None
    assert (found.verdict, found.standing) == ("recorded", "ok")


@pytest.mark.parametrize("compares", ["surfaces", "bitness", "architectures", "providers", "confinement"])
def test_no_other_comparison_is_made_within_one_record(compares: str) -> None:
    assert outcome(*LENGTHS_APART, compares=compares) is None


def test_the_page_shows_what_was_compared() -> None:
    records = [record(*ONE_ENABLES, target="model"), record(*ONE_ENABLES, *LENGTHS_APART)]
    view = build(records, ledger_that_compares(), None, None)
    entry = next(each for area in view.areas for each in area.rows if each.about.key == ALIKE)
    assert entry.about.state == "tested"
    assert entry.differs
    model, wine = entry.cells
    assert model is not None
    assert wine is not None
    assert (model.verdict, model.standing, model.text) == ("conforms", "ok", "1 pair alike")
    assert (wine.verdict, wine.standing, wine.text) == ("deviates", "unexpected", "1 of 2 pairs differs")
    assert [len(each.differences) for each in entry.compared] == [0, 1]
    assert "1 unexpected comparison on" in view.overview.headline
    assert view.overview.mood == "alarm"
    unexpected = next(section for section in view.overview.sections if section.name == "unexpected")
    assert [item.key for item in unexpected.items if "GetOption.Length/tcp4 against" in item.detail] == [
        ALIKE
    ]
