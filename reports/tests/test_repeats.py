"""Runs in a row: what counts as another answer, and how often each came."""

from __future__ import annotations

import pytest

from winsock_cts_reports.record import Observation, Reason, Result
from winsock_cts_reports.repeats import Wavering, wavering

from .samples import ENABLES, FAULT_CODE, INVALID_CODE, observation, record, row

CASE = "SetOption.Enables/tcp4"


def said(*observations: Observation) -> Result:
    return row(CASE, ENABLES, "recorded", *observations)


def values(*rows: Result) -> dict[str, tuple[tuple[str, int], ...]]:
    """What wavers of the case, by what it is."""
    return {each.what: each.values for each in wavering([record(each) for each in rows])}


def measured(value: float, tolerance: float | None) -> Observation:
    return Observation(
        name="silence", kind="measurement", value=value, unit="ms", judged=False, tolerance=tolerance
    )


def test_runs_that_say_the_same() -> None:
    same = row(CASE, ENABLES, "conforms", observation("success", "success"))
    assert wavering([record(same)] * 3) == []
    assert wavering([record(same)]) == []


def test_times_do_not_count() -> None:
    slow = said(observation("success")).model_copy(update={"seconds": 9.0})
    assert values(said(observation("success")), slow) == {}


def test_each_value_has_its_number_of_runs() -> None:
    conforms = row(CASE, ENABLES, "conforms", observation(INVALID_CODE, INVALID_CODE))
    deviates = row(CASE, ENABLES, "deviates", observation(FAULT_CODE, INVALID_CODE))
    other = row("SetOption.Disables/tcp4", ENABLES, "conforms", observation("success", "success"))
    runs = [record(each, other) for each in (conforms, deviates, conforms)]
    assert wavering(runs) == [
        Wavering(CASE, "verdict", (("conforms", 2), ("deviates", 1))),
        Wavering(CASE, "observed result", ((INVALID_CODE, 2), (FAULT_CODE, 1))),
    ]


def test_reasons_count() -> None:
    dies = [row(CASE, ENABLES, "crashed", reason=Reason(words=f"exit status {code}")) for code in (1, 2)]
    assert values(*dies) == {"reason": (("exit status 1", 1), ("exit status 2", 1))}


def test_a_missing_reason_is_nothing() -> None:
    lacks = row(CASE, ENABLES, "not-run", reason=Reason(code="unsupported", words="no such call"))
    assert values(lacks, said(observation("success"))) == {
        "verdict": (("not-run", 1), ("recorded", 1)),
        "reason": (("unsupported: no such call", 1), ("nothing", 1)),
        "observed result": (("nothing", 1), ("success", 1)),
    }


def test_an_observation_of_a_name_that_stands_twice_is_numbered() -> None:
    first, second = (said(observation("on"), observation(text)) for text in ("on", "off"))
    assert values(first, second) == {"observed result (2)": (("on", 1), ("off", 1))}


@pytest.mark.parametrize(("tolerance", "same"), [(5.0, True), (1.0, False), (None, False)])
def test_a_measurement_may_lie_within_its_tolerance(tolerance: float | None, same: bool) -> None:
    found = values(*(said(measured(value, tolerance)) for value in (1000.0, 1003.0)))
    assert found == ({} if same else {"observed silence": (("1000 ms", 1), ("1003 ms", 1))})


def test_a_number_is_not_its_text() -> None:
    assert values(said(observation(1)), said(observation("1"))) == {"observed result": (("1", 1), ("1", 1))}


def test_a_row_that_a_run_lacks_is_nothing() -> None:
    other = row("SetOption.Disables/tcp4", ENABLES, "recorded", observation("success"))
    runs = [record(other, said(observation("success"))), record(other)]
    assert [each.case for each in wavering(runs)] == [CASE] * 2
    assert wavering(runs)[0].values == (("recorded", 1), ("nothing", 1))
