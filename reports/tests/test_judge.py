"""How verdicts stand against the ledger, and the exit status that follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winsock_cts_reports.judge import WORST_VERDICT_FIRST, exit_status, judge, worst
from winsock_cts_reports.record import VERDICTS, Observation, Reason, Result, Verdict

from .samples import (
    DATAGRAM,
    ENABLES,
    FAULT_CODE,
    HIGH_BYTE,
    INVALID_CODE,
    NO_OPTION_CODE,
    RAW,
    READS_LENGTH,
    SHORT_BY_CALL,
    SHORT_BY_PAGE,
    WRONG_TYPE,
    Samples,
    deviation,
    make_ledger,
    observation,
    record,
    row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from winsock_cts_reports.judge import Standing
    from winsock_cts_reports.ledger import Deviation

SAMPLES = Samples()
UDP = "DatagramSocket.IsRefused/udp4"
REFUSED_AS_NOTED = row(UDP, DATAGRAM, "deviates", observation(INVALID_CODE, NO_OPTION_CODE))
REFUSED_OTHERWISE = row(UDP, DATAGRAM, "deviates", observation(FAULT_CODE, NO_OPTION_CODE))
CONFORMS = row(UDP, DATAGRAM, "conforms", observation(NO_OPTION_CODE, NO_OPTION_CODE))
NOTED = deviation("DatagramSocket.*", {"result": INVALID_CODE})


def standing(result: Result, *entries: Deviation, target: str = "wine") -> Standing:
    """How one row stands where it is alone."""
    return judge(record(result, target=target), make_ledger(*entries)).rows[0].standing


def test_deviation_as_noted_is_known() -> None:
    assert standing(REFUSED_AS_NOTED, NOTED) == "known"


def test_deviation_with_another_value_is_unexpected() -> None:
    assert standing(REFUSED_OTHERWISE, NOTED) == "unexpected"


def test_deviation_without_an_entry_is_unexpected() -> None:
    assert standing(REFUSED_AS_NOTED) == "unexpected"


def test_entry_of_another_surface_excuses_nothing() -> None:
    result = row(UDP, DATAGRAM, "deviates", observation(INVALID_CODE, NO_OPTION_CODE), surface="spi")
    assert standing(result, NOTED) == "unexpected"


@pytest.mark.parametrize("target", ["windows", "model"])
def test_entry_of_another_target_excuses_nothing(target: str) -> None:
    assert standing(REFUSED_AS_NOTED, NOTED, target=target) == "unexpected"


def test_one_more_differing_observation_is_unexpected() -> None:
    result = row(
        UDP,
        DATAGRAM,
        "deviates",
        observation(INVALID_CODE, NO_OPTION_CODE),
        observation(1, 0, "keep-alive afterwards"),
    )
    assert standing(result, NOTED) == "unexpected"
    both = deviation("DatagramSocket.*", {"result": INVALID_CODE, "keep-alive afterwards": 1})
    assert standing(result, both) == "known"


def test_one_less_differing_observation_is_unexpected() -> None:
    both = deviation("DatagramSocket.*", {"result": INVALID_CODE, "keep-alive afterwards": 1})
    assert standing(REFUSED_AS_NOTED, both) == "unexpected"


@pytest.mark.parametrize(("value", "expected"), [(75, "known"), (77, "known"), (72, "unexpected")])
def test_measurement_near_the_noted_one_is_known(value: float, expected: str) -> None:
    seen = Observation(
        name="interval", kind="measurement", value=value, unit="s", tolerance=0, judged=True, expected=1
    )
    entry = deviation("DatagramSocket.*", {"interval": {"near": 75, "within": 2}})
    assert standing(row(UDP, DATAGRAM, "deviates", seen), entry) == expected


def test_true_is_not_one() -> None:
    result = row(UDP, DATAGRAM, "deviates", observation(True, False))
    assert standing(result, deviation("DatagramSocket.*", {"result": 1})) == "unexpected"


def test_noted_crash_is_known() -> None:
    crash = row(UDP, DATAGRAM, "crashed")
    assert standing(crash) == "unexpected"
    assert standing(crash, deviation("DatagramSocket.*", {}, verdict="crashed")) == "known"
    assert standing(crash, NOTED) == "unexpected"


def test_conforming_row_makes_its_entry_stale() -> None:
    judgement = judge(record(CONFORMS), make_ledger(NOTED))
    assert judgement.rows[0].standing == "stale"
    assert [(stale.entry, stale.cases) for stale in judgement.stale] == [(NOTED, (UDP,))]


@pytest.mark.parametrize(
    "result",
    [
        row(UDP, DATAGRAM, "recorded", observation(INVALID_CODE), unjudged="another version"),
        row(UDP, DATAGRAM, "not-run"),
        REFUSED_AS_NOTED,
    ],
    ids=["recorded", "not run", "deviates"],
)
def test_entry_is_not_stale_where_nothing_conforms(result: Result) -> None:
    assert not judge(record(result), make_ledger(NOTED)).stale


def test_reported_entry_excuses_and_is_never_stale() -> None:
    reported = deviation("DatagramSocket.*", {"result": INVALID_CODE}, reported=True)
    assert standing(REFUSED_AS_NOTED, reported) == "reported"
    assert standing(REFUSED_OTHERWISE, reported) == "unexpected"
    assert standing(CONFORMS, reported) == "ok"
    assert not judge(record(CONFORMS), make_ledger(reported)).stale


BY_PAGE_DEVIATES = row("Short.Page", SHORT_BY_PAGE, "deviates", observation(FAULT_CODE, INVALID_CODE))
BY_CALL_CONFORMS = row("Short.Call", SHORT_BY_CALL, "conforms", observation(FAULT_CODE, FAULT_CODE))
BY_CALL_DEVIATES = row("Short.Call", SHORT_BY_CALL, "deviates", observation(0, FAULT_CODE))


def test_conflict_is_expected_where_another_document_is_followed() -> None:
    rows = judge(record(BY_PAGE_DEVIATES, BY_CALL_CONFORMS), make_ledger()).rows
    assert [each.standing for each in rows] == ["conflict", "ok"]


def test_conflict_is_unexpected_where_no_document_is_followed() -> None:
    rows = judge(record(BY_PAGE_DEVIATES, BY_CALL_DEVIATES), make_ledger()).rows
    assert [each.standing for each in rows] == ["unexpected", "unexpected"]
    assert rows[1].words == (f"documents contradict each other here (DD-1): {SHORT_BY_PAGE} deviates as well")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([], "was not run"),
        ([row("Short.Call", SHORT_BY_CALL, "not-run")], "was not run"),
        (
            [row("Short.Call", SHORT_BY_CALL, "recorded", observation(0), unjudged="another version")],
            "was not judged",
        ),
    ],
    ids=["not selected", "not run", "recorded"],
)
def test_only_a_judged_member_settles_a_conflict(others: list[Result], words: str) -> None:
    rows = judge(record(BY_PAGE_DEVIATES, *others), make_ledger()).rows
    assert rows[0].standing == "unexpected"
    assert rows[0].words == f"documents contradict each other here (DD-1): {SHORT_BY_CALL} {words}"


def test_what_is_known_and_what_contradicts_are_both_told() -> None:
    known = deviation("Short.Page", {"result": NO_OPTION_CODE})
    words = judge(record(BY_PAGE_DEVIATES), make_ledger(known)).rows[0].words
    assert words.startswith(f"not what is known here: {known.reason}; documents contradict")


def test_member_that_conforms_in_some_cases_only_settles_no_conflict() -> None:
    half = row("Short.Call/tcp6", SHORT_BY_CALL, "deviates", observation(0, FAULT_CODE))
    rows = judge(record(BY_PAGE_DEVIATES, BY_CALL_CONFORMS, half), make_ledger()).rows
    assert rows[0].standing == "unexpected"


def test_crash_is_no_matter_of_conflicting_documents() -> None:
    crash = row("Short.Page", SHORT_BY_PAGE, "crashed")
    rows = judge(record(crash, BY_CALL_CONFORMS), make_ledger()).rows
    assert rows[0].standing == "unexpected"


def test_requirement_takes_the_worst_of_its_cases() -> None:
    good = row("A.B/tcp4", ENABLES, "conforms", observation(1, 1))
    bad = row("A.B/tcp6", ENABLES, "deviates", observation(0, 1))
    outcome = judge(record(good, bad), make_ledger()).outcomes[ENABLES]
    assert (outcome.verdict, outcome.standing) == ("deviates", "unexpected")


def test_derived_requirement_takes_the_worst_of_its_sources() -> None:
    outcomes = judge(record(REFUSED_AS_NOTED), make_ledger(NOTED)).outcomes
    assert outcomes[WRONG_TYPE] == outcomes[DATAGRAM]
    assert (outcomes[WRONG_TYPE].verdict, outcomes[WRONG_TYPE].standing) == ("deviates", "known")


def test_derived_requirement_without_answered_sources_has_no_outcome() -> None:
    assert WRONG_TYPE not in judge(record(BY_CALL_CONFORMS), make_ledger()).outcomes


def test_requirement_that_the_ledger_does_not_know_is_judged_too() -> None:
    stranger = row("A.B", "not/in-the-ledger", "deviates", observation(0, 1))
    judgement = judge(record(stranger), make_ledger())
    assert judgement.rows[0].standing == "unexpected"
    assert judgement.outcomes["not/in-the-ledger"].verdict == "deviates"


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([CONFORMS], 0),
        ([REFUSED_AS_NOTED], 1),
        ([row(UDP, DATAGRAM, "crashed")], 1),
        ([CONFORMS, row("A.B", ENABLES, "error")], 3),
        ([REFUSED_AS_NOTED, row("A.B", ENABLES, "error")], 3),
        (
            [CONFORMS, row("A.B", ENABLES, "not-run", reason=Reason(code="interrupted", words="ended"))],
            3,
        ),
        ([row("A.B", ENABLES, "not-run")], 3),
        ([row("A.B", RAW, "recorded", observation(1))], 3),
        ([CONFORMS, row("A.B", ENABLES, "not-run")], 0),
        ([], 3),
    ],
)
def test_exit_status(results: Sequence[Result], status: int) -> None:
    assert exit_status([judge(record(*results), make_ledger())]) == status


def test_stale_entry_gives_1() -> None:
    assert exit_status([judge(record(CONFORMS), make_ledger(NOTED))]) == 1


def test_required_area_that_was_not_run_gives_3() -> None:
    judgement = judge(record(CONFORMS, row("A.B", ENABLES, "not-run")), make_ledger())
    assert exit_status([judgement], require=["so_keepalive"]) == 3
    assert exit_status([judgement], require=["families"]) == 0


def test_error_on_one_target_wins_over_unexpected_on_another() -> None:
    error = judge(record(CONFORMS, row("A.B", ENABLES, "error")), make_ledger())
    unexpected = judge(record(REFUSED_AS_NOTED), make_ledger())
    assert exit_status([unexpected, error]) == 3
    assert exit_status([unexpected]) == 1


def test_nothing_run_gives_3() -> None:
    assert exit_status([]) == 3


def test_first_run_has_one_unexpected_requirement() -> None:
    unexpected = [
        key
        for key, outcome in judge(SAMPLES.wine, SAMPLES.ledger).outcomes.items()
        if outcome.standing == "unexpected"
    ]
    assert unexpected == [READS_LENGTH]
    assert exit_status([judge(SAMPLES.model, SAMPLES.ledger)]) == 0


# ---- properties

requirement_keys = st.sampled_from([ENABLES, HIGH_BYTE, SHORT_BY_PAGE, SHORT_BY_CALL, DATAGRAM, RAW])
verdicts = st.sampled_from(VERDICTS)


def _result(number: int, key: str, verdict: Verdict, value: int) -> Result:
    seen = {
        "deviates": (observation(value + 1, 0),),
        "conforms": (observation(0, 0),),
    }.get(verdict, (observation(value),))
    return row(f"Suite.Case/{number}", key, verdict, *seen)


results = st.lists(st.tuples(requirement_keys, verdicts, st.integers(0, 2)), max_size=12).map(
    lambda made: [_result(number, *each) for number, each in enumerate(made)]
)
entries = st.lists(
    st.builds(
        lambda number, value, reported: deviation(
            f"Suite.Case/{number}", {"result": value}, reported=reported
        ),
        st.sampled_from(["0", "1", "2", "[3-9]", "*"]),
        st.integers(1, 3),
        st.booleans(),
    ),
    max_size=3,
)


@given(results=results, entries=entries)
def test_verdicts_are_never_rewritten(results: list[Result], entries: list[Deviation]) -> None:
    judgement = judge(record(*results), make_ledger(*entries))
    assert [each.result for each in judgement.rows] == results


@given(results=results, entries=entries)
def test_every_unjudged_or_bad_verdict_has_its_standing(
    results: list[Result], entries: list[Deviation]
) -> None:
    allowed: dict[Verdict, set[str]] = {
        "conforms": {"ok", "stale"},
        "recorded": {"ok"},
        "not-run": {"not-run"},
        "error": {"error"},
        "deviates": {"unexpected", "known", "reported", "conflict"},
        "crashed": {"unexpected", "known", "reported"},
        "timed-out": {"unexpected", "known", "reported"},
    }
    for each in judge(record(*results), make_ledger(*entries)).rows:
        assert each.standing in allowed[each.result.verdict]


@given(results=results, entries=entries, random=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(
    results: list[Result], entries: list[Deviation], random: Random
) -> None:
    shuffled = list(results)
    random.shuffle(shuffled)
    one, other = (judge(record(*order), make_ledger(*entries)) for order in (results, shuffled))
    assert one.outcomes == other.outcomes
    assert one.stale == other.stale
    assert exit_status([one]) == exit_status([other])
    assert {each.result.case: each for each in one.rows} == {each.result.case: each for each in other.rows}


@given(found=st.lists(verdicts, min_size=1))
def test_worst_is_the_first_in_the_order(found: list[Verdict]) -> None:
    first = next(verdict for verdict in WORST_VERDICT_FIRST if verdict in found)
    assert worst(found, WORST_VERDICT_FIRST) == first


def test_order_names_every_verdict() -> None:
    assert sorted(WORST_VERDICT_FIRST) == sorted(VERDICTS)


def test_derived_observation_is_never_judged() -> None:
    ledger = make_ledger()
    derived = replace(ledger.requirements[WRONG_TYPE], level="observation")
    ledger = replace(ledger, requirements={**ledger.requirements, WRONG_TYPE: derived})
    run = record(row("A.B", DATAGRAM, "deviates", observation(0, 1)))
    outcome = judge(run, ledger).outcomes[WRONG_TYPE]
    assert (outcome.verdict, outcome.standing) == ("recorded", "ok")
