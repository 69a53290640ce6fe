"""The fold of events into rows: the sequences that cannot be are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winsock_cts.fold import MOST_OBSERVATIONS, Fold
from winsock_cts.journal import EndEvent, FinishedEvent, JournalError, ObservedEvent, RunEvent, StartEvent
from winsock_cts_reports.record import Observation, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from winsock_cts.journal import Event
    from winsock_cts_reports.listing import ListedCase

NAME = "Fake.Conforms"
LEDGER = "0" * 64
START = StartEvent(event="start", case=NAME, at=0.0)
SEEN = ObservedEvent(
    event="observed",
    case=NAME,
    observation=Observation(name="result", kind="value", value=1, judged=True, expected=1),
)
END = EndEvent(event="end", case=NAME, verdict="conforms", at=0.5, seconds=0.5)


def run_event(**fields: object) -> RunEvent:
    told: dict[str, object] = {
        "event": "run",
        "schema": 1,
        "surface": "winsock",
        "ledger_sha256": LEDGER,
        "seed": 0,
        "fingerprint": {},
        "planned": [NAME],
        "started": "2026-01-02T03:04:05Z",
    }
    return RunEvent.model_validate(told | fields)


def apply_all(fold: Fold, events: Iterable[Event]) -> None:
    for event in events:
        fold.apply(event)


@pytest.fixture
def fold(case: ListedCase) -> Fold:
    return Fold([case], "winsock", LEDGER)


def test_a_case_from_start_to_end(fold: Fold, case: ListedCase) -> None:
    apply_all(fold, (run_event(), START, SEEN, END, FinishedEvent(event="finished")))
    (row,) = fold.rows()
    assert (row.verdict, row.requirement, row.seconds) == ("conforms", case.requirement, 0.5)
    assert row.observations == (SEEN.observation,)
    assert fold.finished
    assert fold.left == []


def test_an_end_without_a_start_is_a_row(fold: Fold) -> None:
    """The program may say of a case that it cannot run without starting it."""
    reason = Reason(code="unsupported", words="no such call")
    fold.apply(EndEvent(event="end", case=NAME, verdict="not-run", reason=reason))
    assert fold.rows()[0].reason == reason


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([START, START], "started while Fake.Conforms was open"),
        ([START, SEEN, END, START], "started again after its end"),
        ([START, SEEN, END, END], "ended twice"),
        ([SEEN], "which is not open"),
        ([START.model_copy(update={"case": "Other.Case"})], "which was not selected"),
        ([END.model_copy(update={"case": "Other.Case"})], "which was not selected"),
        ([run_event(surface="wsk")], "surface wsk, not winsock"),
        ([run_event(ledger_sha256="1" * 64)], "another ledger"),
        ([START, *[SEEN] * (MOST_OBSERVATIONS + 1)], f"more than {MOST_OBSERVATIONS} observations"),
    ],
)
def test_a_sequence_that_cannot_be(fold: Fold, events: list[Event], words: str) -> None:
    with pytest.raises(JournalError, match=words):
        apply_all(fold, events)


def test_a_conforming_case_without_a_judged_observation_is_an_error(fold: Fold) -> None:
    apply_all(fold, (START, END))
    (row,) = fold.rows()
    assert row.verdict == "error"
    assert row.reason is not None
    assert "conforms without a judged observation" in row.reason.words


def test_closing_gives_every_case_left_the_same_reason(fold: Fold) -> None:
    fold.apply(START)
    fold.close("not-run", "interrupted", "ended before")
    assert [(row.verdict, row.reason) for row in fold.rows()] == [
        ("not-run", Reason(code="interrupted", words="ended before"))
    ]
    assert fold.open is None


def test_closing_leaves_rows_that_are_there(fold: Fold) -> None:
    apply_all(fold, (START, SEEN, END))
    fold.close("error", "error", "too late")
    assert fold.rows()[0].verdict == "conforms"
