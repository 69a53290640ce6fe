"""What a kill table must prove: each demand is met by the sample and broken alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.kill_table import (
    CaseVerdict,
    Fault,
    FaultRun,
    KillTable,
    KillTableError,
    Profile,
    load,
)
from winsock_cts_reports.kills import check, kills_by_requirement

from .samples import DATAGRAM, ENABLES, HIGH_BYTE, LEDGER_SHA256, SHORT_BY_CALL, SHORT_BY_PAGE, Samples

if TYPE_CHECKING:
    from pathlib import Path

    from winsock_cts_reports.record import Verdict

SAMPLES = Samples()
TABLE = SAMPLES.kills
FAULT = TABLE.faults[0]
PLACE = "(fixtures/model/sample.cpp:12)"


def defects(table: KillTable) -> list[str]:
    return check(table, SAMPLES.listing, SAMPLES.ledger)


def with_fault(**changes: object) -> KillTable:
    """The table with its first fault (of ENABLES) changed."""
    first = FAULT.model_copy(update=changes)
    return TABLE.model_copy(update={"faults": (first, *TABLE.faults[1:])})


def with_baseline(case: str, verdict: Verdict) -> KillTable:
    """The table with another verdict for a case under the first profile."""
    first, *others = TABLE.profiles
    rows = tuple(
        row.model_copy(update={"verdict": verdict}) if row.case.startswith(case) else row
        for row in first.baseline
    )
    return TABLE.model_copy(update={"profiles": (first.model_copy(update={"baseline": rows}), *others)})


def newly(verdict: Verdict, words: str = "") -> tuple[FaultRun, ...]:
    """The first fault's runs with one more case changed by it."""
    changed = CaseVerdict(
        case="SetOption.HighByteEnables/tcp4", requirement=HIGH_BYTE, verdict=verdict, sites=(), words=words
    )
    return (*FAULT.runs, FaultRun(profile="windows-11", newly=(changed,)))


def test_sample_is_proven() -> None:
    assert defects(TABLE) == []


def test_fault_that_kills_nothing_is_a_defect() -> None:
    found = defects(with_fault(runs=()))
    assert f"fault set-one-enables-broken breaks {ENABLES}, but no case of it deviates {PLACE}" in found
    assert any(line.startswith("case SetOption.OneEnables/tcp4 deviates under no fault") for line in found)
    assert any(line.startswith("Expect at conformance/so_keepalive/") for line in found)
    assert len(found) == 4


def test_fault_that_kills_more_than_it_says_is_a_defect() -> None:
    assert defects(with_fault(runs=newly("deviates"))) == [
        f"fault set-one-enables-broken makes {HIGH_BYTE} deviate, which it does not list {PLACE}"
    ]


@pytest.mark.parametrize("verdict", ["error", "crashed", "timed-out", "not-run", "conforms"])
def test_fault_may_only_make_cases_deviate(verdict: Verdict) -> None:
    assert defects(with_fault(runs=newly(verdict))) == [
        f"fault set-one-enables-broken turns SetOption.HighByteEnables/tcp4 into {verdict} under windows-11"
    ]


def test_case_that_depends_on_what_is_broken_may_be_not_run() -> None:
    assert defects(with_fault(runs=newly("not-run", f"depends on {ENABLES}"))) == []


def test_case_that_depends_on_something_else_may_not() -> None:
    assert len(defects(with_fault(runs=newly("not-run", f"depends on {DATAGRAM}")))) == 1
    assert len(defects(with_fault(runs=newly("not-run", f"unsupported by {ENABLES}")))) == 1


def test_broad_fault_needs_a_reason() -> None:
    keys = tuple(SAMPLES.ledger.requirements)[:6]
    broad = f"fault set-one-enables-broken breaks 6 requirements without a reason {PLACE}"
    assert broad in defects(with_fault(breaks=keys))
    assert broad not in defects(with_fault(breaks=keys, reason="one switch in the model stands for all"))


def test_fault_must_break_a_requirement_of_the_ledger() -> None:
    assert defects(with_fault(breaks=(ENABLES, "no/such")))[0] == (
        f"fault set-one-enables-broken breaks no/such, which is no requirement {PLACE}"
    )
    assert defects(with_fault(breaks=()))[0] == (f"fault set-one-enables-broken breaks nothing {PLACE}")


def test_requirement_without_a_fault_is_a_defect() -> None:
    table = TABLE.model_copy(update={"faults": TABLE.faults[1:]})
    assert f"requirement {ENABLES} is judged, but no fault breaks it" in defects(table)


def test_fault_named_twice_is_a_defect() -> None:
    table = TABLE.model_copy(update={"faults": (*TABLE.faults, FAULT)})
    assert defects(table) == ["fault set-one-enables-broken is declared 2 times"]


@pytest.mark.parametrize("verdict", ["error", "crashed", "timed-out"])
def test_profile_must_judge_cleanly(verdict: Verdict) -> None:
    assert defects(with_baseline("SetOption.OneEnables/tcp4", verdict)) == [
        f"case SetOption.OneEnables/tcp4 is {verdict} under windows-11 without a fault"
    ]


def test_profile_may_not_deviate_without_a_conflict() -> None:
    assert defects(with_baseline("SetOption.OneEnables/tcp4", "deviates")) == [
        "case SetOption.OneEnables/tcp4 deviates under windows-11 without a fault"
    ]


def test_profile_may_not_deviate_from_the_document_that_it_follows() -> None:
    found = defects(with_baseline("ShortInput.IsRefusedAsThePageSays/tcp4", "deviates"))
    start = "case ShortInput.IsRefusedAsThePageSays/tcp4-11 deviates under windows-11 without a fault"
    assert found == [f"{start}, though DD-1 follows S-SIO there"]


def test_profile_that_does_not_say_what_it_follows_is_taken_at_its_answers() -> None:
    silent = tuple(profile.model_copy(update={"follows": {}}) for profile in TABLE.profiles)
    assert defects(TABLE.model_copy(update={"profiles": silent})) == []


def test_requirement_that_conforms_under_no_profile_is_a_defect() -> None:
    table = TABLE.model_copy(update={"profiles": TABLE.profiles[:1]})
    assert defects(table) == [f"requirement {SHORT_BY_CALL} conforms under no profile"]


def test_table_without_a_profile_is_a_defect() -> None:
    assert "the kill table holds no profile" in defects(TABLE.model_copy(update={"profiles": ()}))


def test_kills_are_found_by_requirement() -> None:
    kills = kills_by_requirement(TABLE)
    assert [fault.name for fault in kills[ENABLES]] == ["set-one-enables-broken"]
    assert set(kills) == {fault.breaks[0] for fault in TABLE.faults}
    assert SHORT_BY_PAGE in kills


def test_table_of_the_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kills.json"
    path.write_bytes(TABLE.model_dump_json(by_alias=True).encode())
    assert load(path) == TABLE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"schema": 0}', "is a kill table of the older schema 0"),
        ('{"schema": 1, "profiles": []', "is cut short"),
        (json.dumps({"schema": 1, "profiles": [], "faults": [], "sites": [], "x": 1}), "x: Extra inputs"),
        (json.dumps({"schema": 1, "ledger": LEDGER_SHA256}), "profiles: Field required"),
    ],
)
def test_what_is_no_table_is_named(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "kills.json"
    path.write_text(content)
    with pytest.raises(KillTableError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: {words}")


def test_faults_know_what_they_killed() -> None:
    fault = Fault(
        name="f",
        what="w",
        file="x.cpp",
        line=1,
        breaks=(ENABLES,),
        runs=newly("deviates"),
    )
    assert fault.killed == {ENABLES, HIGH_BYTE}


def test_profile_follows_nothing_by_default() -> None:
    assert Profile(name="p", baseline=()).follows == {}
