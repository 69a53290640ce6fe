"""The page's data: cells, rows, sections and sentences."""

from __future__ import annotations

import pytest

from winsock_cts_reports.judge import judge
from winsock_cts_reports.record import Observation, Reason, Result
from winsock_cts_reports.requirement_view import windows_words
from winsock_cts_reports.summary import summarise
from winsock_cts_reports.view import RowView, View, as_data, build

from .samples import (
    DATAGRAM,
    ENABLES,
    FAULT_CODE,
    IDLE_OPTION,
    INVALID_CODE,
    NO_OPTION_CODE,
    NOTES_CATALOG,
    PERMISSION,
    PROBES,
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

SAMPLES = Samples()
VIEW = build([SAMPLES.model, SAMPLES.wine], SAMPLES.ledger, SAMPLES.listing, SAMPLES.kills)


def row_of(key: str, view: View = VIEW) -> RowView:
    return next(each for area in view.areas for each in area.rows if each.about.key == key)


def view_of(*results: Result) -> View:
    return build([record(*results)], SAMPLES.ledger, None, None)


@pytest.mark.parametrize(
    ("key", "model", "wine"),
    [
        (ENABLES, ("conforms", "ok", ""), ("conforms", "ok", "")),
        (READS_LENGTH, ("conforms", "ok", ""), ("deviates", "unexpected", "length 1")),
        (DATAGRAM, ("conforms", "ok", ""), ("deviates", "known", INVALID_CODE)),
        (SHORT_BY_PAGE, ("conforms", "ok", ""), ("deviates", "conflict", FAULT_CODE)),
        (RAW, ("recorded", "ok", NO_OPTION_CODE), ("recorded", "ok", INVALID_CODE)),
        (IDLE_OPTION, ("conforms", "ok", ""), ("not-run", "not-run", "unsupported")),
        (
            WRONG_TYPE,
            ("conforms", "ok", ""),
            ("deviates", "known", "follows from 1 requirement, 1 deviates"),
        ),
    ],
)
def test_cells_say_verdict_standing_and_value(
    key: str, model: tuple[str, ...], wine: tuple[str, ...]
) -> None:
    cells = [(cell.verdict, cell.standing, cell.text) for cell in row_of(key).cells if cell is not None]
    assert cells == [model, wine]


@pytest.mark.parametrize("key", [PROBES, NOTES_CATALOG, PERMISSION])
def test_requirement_without_a_case_has_no_answer(key: str) -> None:
    assert row_of(key).cells == (None, None)


def test_states_are_told_apart() -> None:
    states = [row_of(key).about.state for key in (ENABLES, PROBES, NOTES_CATALOG, PERMISSION)]
    assert states == ["tested", "planned", "tested", "untestable"]
    assert row_of(PERMISSION).about.note == "A permission: no behaviour can break it."


@pytest.mark.parametrize(
    ("key", "differs"), [(ENABLES, False), (RAW, True), (READS_LENGTH, True), (PROBES, False)]
)
def test_rows_differ_by_verdict_or_value(key: str, differs: bool) -> None:
    assert row_of(key).differs is differs


@pytest.mark.parametrize(("value", "differs"), [(1020.0, False), (1080.0, True)])
def test_measurements_within_tolerance_do_not_differ(value: float, differs: bool) -> None:
    def run(milliseconds: float) -> Result:
        seen = Observation(
            name="first probe", kind="measurement", value=milliseconds, unit="ms", tolerance=60, judged=False
        )
        return row("Probe.Idle", PROBES, "recorded", seen)

    view = build([record(run(1010.0)), record(run(value))], SAMPLES.ledger, None, None)
    assert row_of(PROBES, view).differs is differs


def test_conforming_targets_show_what_they_saw_otherwise() -> None:
    def run(length: int) -> Result:
        return row("A.B", ENABLES, "conforms", observation(1, 1), observation(length, name="length"))

    view = build([record(run(4)), record(run(1))], SAMPLES.ledger, None, None)
    assert row_of(ENABLES, view).differs
    assert [cell.text for cell in row_of(ENABLES, view).cells if cell] == ["length 4", "length 1"]


def test_share_of_cases_is_named() -> None:
    good = row("A.B/tcp4", ENABLES, "conforms", observation(1, 1))
    bad = row("A.B/tcp6", ENABLES, "deviates", observation(0, 1))
    cell = row_of(ENABLES, view_of(good, bad)).cells[0]
    assert cell is not None
    assert (cell.text, cell.share) == ("0", "1 of 2 cases")


def test_many_values_are_cut_short() -> None:
    rows = [row(f"A.B/{value}", ENABLES, "deviates", observation(value, 9)) for value in range(4)]
    cell = row_of(ENABLES, view_of(*rows)).cells[0]
    assert cell is not None
    assert cell.text == "0, 1, +2"


def test_detail_lays_targets_side_by_side() -> None:
    case = row_of(READS_LENGTH).cases[0]
    assert (case.name, case.place) == (
        "GetOption.ReportsALength/tcp4",
        "conformance/so_keepalive/sample_test.cpp:11",
    )
    (length,) = case.observations
    assert (length.name, length.documented) == ("length", "4")
    assert [(seen.text, seen.differs) for seen in length.seen if seen] == [("4", False), ("1", True)]
    assert [answer.verdict for answer in case.answers if answer] == ["conforms", "deviates"]


def test_detail_names_sources_conflict_readings_and_faults() -> None:
    about = row_of(SHORT_BY_PAGE).about
    assert about.sources[0].address.startswith("https://")
    assert about.conflict is not None
    assert [member.document for member in about.conflict.members] == ["S-SIO", "D-WSAI"]
    assert (about.readings[0].says, about.readings[0].windows) == (
        "WSAEFAULT (10014) for lengths 0 and 11",
        "from Windows 7",
    )
    assert [(fault.name, fault.place) for fault in about.faults] == [
        ("input-short-buffer-page-broken", "fixtures/model/sample.cpp:12")
    ]


def test_source_without_a_web_address_is_no_link() -> None:
    assert [source.address for source in row_of(ENABLES).about.sources][1] == ""


def test_overview_speaks_plainly() -> None:
    overview = VIEW.overview
    assert overview.headline == "2 unexpected cases on wine"
    assert overview.mood == "alarm"
    model, wine, ledger = overview.sentences
    recorded = "1 is recorded without a verdict"
    conflict = "2 deviate (all where documents conflict)"
    assert model == f"Of 15 cases on model, 12 conform, {conflict} and {recorded}."
    split = "2 unexpected, 4 known and 2 where documents conflict"
    assert wine == f"Of 15 cases on wine, 4 conform, 8 deviate ({split}), {recorded} and 2 were not run."
    assert ledger == (
        "Of 12 requirements in the ledger, 10 are tested (1 of them by the suite's own tests), "
        "1 not yet and 1 is untestable."
    )
    assert overview.notes == ()


def test_sections_list_what_matters_first() -> None:
    sections = {section.name: section for section in VIEW.overview.sections}
    assert list(sections) == ["unexpected", "conflict", "known", "not-run", "planned", "untestable", "faults"]
    (unexpected,) = sections["unexpected"].items
    assert (unexpected.target, unexpected.key) == ("wine", READS_LENGTH)
    assert unexpected.detail == "deviates: length 1, documented 4 · 2 cases"
    assert sections["conflict"].items[0].detail == "model follows S-SIO; wine follows D-WSAI"
    assert sections["not-run"].items[0].detail == "unsupported: the target lacks the call"


def test_faults_name_what_caught_them() -> None:
    faults = next(section for section in VIEW.overview.sections if section.name == "faults")
    assert len(faults.items) == len(SAMPLES.kills.faults)
    for item, fault in zip(faults.items, SAMPLES.kills.faults, strict=True):
        assert item.text == fault.what
        assert item.detail.startswith(f"{fault.name} · caught by ")
        named = {key for key in fault.killed if key in item.detail}
        if len(fault.killed) == 1:
            assert item.key in fault.killed
            assert not named
        else:
            assert named == fault.killed
            assert item.key == ""
    assert "faults" not in {section.name for section in view_of().overview.sections}


def test_conflict_of_which_one_member_was_run_says_so() -> None:
    view = view_of(row("Short.Page/11", SHORT_BY_PAGE, "deviates", observation(FAULT_CODE, INVALID_CODE)))
    words = f"documents contradict each other here (DD-1): {SHORT_BY_CALL} was not run"
    sections = {section.name: section for section in view.overview.sections}
    assert sections["unexpected"].items[0].detail.endswith(f"1 case · {words}")
    assert sections["conflict"].items[0].detail == "wine does not follow S-SIO (D-WSAI without a verdict)"
    (answer,) = row_of(SHORT_BY_PAGE, view).cases[0].answers
    assert answer is not None
    assert answer.words == words


def test_calm_run_says_so() -> None:
    overview = view_of(row("A.B", ENABLES, "conforms", observation(1, 1))).overview
    assert overview.headline == "Nothing unexpected on wine"
    assert overview.mood == "calm"


def test_interrupted_run_is_not_calm() -> None:
    overview = view_of(
        row("A.B", ENABLES, "conforms", observation(1, 1)),
        row("A.C", ENABLES, "not-run", reason=Reason(code="interrupted", words="the run was ended")),
    ).overview
    assert overview.mood == "unfinished"
    assert overview.headline == "Nothing unexpected on wine; interrupted on wine: 1 of 2 cases not run"
    assert [section.count for section in overview.sections if section.name == "not-run"] == [1]


def test_selection_is_called_incomplete() -> None:
    chosen = record(row("A.B", ENABLES, "conforms", observation(1, 1)), selection="area families")
    overview = build([chosen], SAMPLES.ledger, None, None).overview
    assert overview.mood == "unfinished"
    assert overview.headline == "Nothing unexpected on wine; incomplete on wine: a selection of cases"


def test_stale_entry_is_urgent() -> None:
    ledger = make_ledger(deviation("A.*", {"result": 0}))
    conforming = record(row("A.B", ENABLES, "conforms", observation(1, 1)))
    overview = build([conforming], ledger, None, None).overview
    assert overview.headline == "1 case with a stale known deviation on wine"
    assert [section.name for section in overview.sections if section.urgent] == ["stale"]


def test_doubts_about_records_are_noted() -> None:
    foreign = SAMPLES.wine.model_copy(update={"ledger_sha256": "0" * 64, "complete": False})
    assert build([foreign], SAMPLES.ledger, None, None).overview.notes == (
        "The program run on wine was built from another ledger than the one here.",
    )


def test_requirement_that_the_ledger_does_not_know_has_a_place() -> None:
    view = view_of(row("A.B", "not/in-the-ledger", "conforms", observation(1, 1)))
    assert view.areas[-1].title == "Not in this ledger"
    assert [each.about.key for each in view.areas[-1].rows] == ["not/in-the-ledger"]


def test_data_is_json_with_visible_text_only() -> None:
    hostile = view_of(row("A.\u202eB", "a/\0b", "conforms", observation("x\ny\u200b", "x\ny\u200b")))
    texts: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            for key, item in value.items():
                texts.append(key)
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        else:
            assert value is None or isinstance(value, bool | int | float)

    collect(as_data(hostile))
    assert all(text.isprintable() for text in texts)
    assert "A.\\u202EB" in texts


def test_summary_counts_verdicts_and_standings() -> None:
    (wine,) = summarise([judge(SAMPLES.wine, SAMPLES.ledger)])
    assert (wine.target, wine.planned, wine.complete) == ("wine", 15, True)
    assert wine.verdicts["deviates"] == 8
    assert {name: count for name, count in wine.standings.items() if count} == {
        "unexpected": 2,
        "conflict": 2,
        "known": 4,
        "ok": 5,
        "not-run": 2,
    }


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, ""),
        ("2000", None, "from Windows 2000"),
        ("xp", "2003", "from Windows XP up to Windows 2003"),
        ("2003", "2003", "Windows 2003"),
        (None, "10-21h1", "up to Windows 10 21H1"),
        ("10-1709", None, "from Windows 10 1709"),
    ],
)
def test_windows_versions_in_words(since: str | None, until: str | None, words: str) -> None:
    assert windows_words(since, until) == words


def test_success_that_should_be_a_failure_stands_beside_what_is_due() -> None:
    seen = observation("success", FAULT_CODE)
    view = view_of(row("A.B", ENABLES, "deviates", seen))
    cell = row_of(ENABLES, view).cells[0]
    assert cell is not None
    assert cell.text == f"success instead of {FAULT_CODE}"
    assert view.overview.sections[0].items[0].detail == f"deviates: {cell.text} · 1 case"
