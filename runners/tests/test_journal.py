"""Journals: read as they grow, torn, and written by nobody in particular."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winsock_cts.fold import Fold
from winsock_cts.journal import (
    CHUNK,
    LONGEST_LINE,
    EndEvent,
    FinishedEvent,
    JournalError,
    JournalReader,
    StartEvent,
    append_end,
    parse,
)
from winsock_cts_reports.record import VERDICTS

if TYPE_CHECKING:
    from pathlib import Path

    from winsock_cts_reports.listing import ListedCase

START = b'{"event": "start", "case": "A.B", "at": 0.5}\n'


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def read_all(reader: JournalReader) -> None:
    reader.poll()
    while not reader.at_end:
        reader.poll()


class TestReader:
    def test_no_file_is_no_event(self, journal: Path) -> None:
        assert JournalReader(journal).poll() == []

    def test_whole_lines_only(self, journal: Path) -> None:
        reader = JournalReader(journal)
        journal.write_bytes(START[:10])
        assert reader.poll() == []
        with journal.open("ab") as file:
            file.write(START[10:])
        assert reader.poll() == [StartEvent(event="start", case="A.B", at=0.5)]
        assert reader.poll() == []

    def test_the_torn_line_is_cut_and_the_rest_goes_on(self, journal: Path) -> None:
        reader = JournalReader(journal)
        journal.write_bytes(START + b'{"event": "en')
        reader.poll()
        reader.drop_torn_line()
        assert journal.read_bytes() == START
        append_end(journal, "A.B", "crashed", "exit status 5", 0.0)
        (end,) = reader.poll()
        assert isinstance(end, EndEvent)
        assert end.reason is not None
        assert (end.verdict, end.reason.words) == ("crashed", "exit status 5")

    def test_nothing_is_cut_where_nothing_is_torn(self, journal: Path) -> None:
        reader = JournalReader(journal)
        journal.write_bytes(START)
        reader.poll()
        reader.drop_torn_line()
        assert journal.read_bytes() == START

    def test_the_line_of_a_mistake_is_named(self, journal: Path) -> None:
        reader = JournalReader(journal)
        journal.write_bytes(START + b"\n" + b'{"event": "begin"}\n')
        with pytest.raises(JournalError, match=r"^line 3 of the journal is no event"):
            reader.poll()

    def test_an_endless_line_is_given_up(self, journal: Path) -> None:
        reader = JournalReader(journal)
        journal.write_bytes(b"x" * (LONGEST_LINE + 2 * CHUNK))
        with pytest.raises(JournalError, match="line 1 of the journal is longer than"):
            read_all(reader)

    def test_a_long_journal_is_read_in_parts(self, journal: Path) -> None:
        reader = JournalReader(journal)
        lines = CHUNK // len(START) + 10
        journal.write_bytes(START * lines)
        first = reader.poll()
        assert not reader.at_end
        second = reader.poll()
        assert reader.at_end
        assert len(first) + len(second) == lines


@pytest.mark.parametrize(
    "line",
    [
        b"null",
        b"[]",
        b"{}",
        b'{"event": "start"}',
        b'{"event": "start", "case": "", "at": 0}',
        b'{"event": "start", "case": "A", "at": -1}',
        b'{"event": "start", "case": "A", "at": true}',
        b'{"event": "start", "case": "A", "at": NaN}',
        b'{"event": "start", "case": "A", "at": 1e999}',
        b'{"event": "end", "case": "A", "verdict": "fine"}',
        b'{"event": "end", "case": "A", "verdict": "conforms", "evidence": [1]}',
        b'{"event": "observed", "case": "A", "observation": {"name": "x"}}',
        b'{"event": "run", "schema": 2}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_event_is_one_line(line: bytes) -> None:
    with pytest.raises(JournalError) as caught:
        parse(line, 4)
    assert str(caught.value).startswith("line 4 of the journal")
    assert str(caught.value).isprintable()


def test_fields_of_a_later_program_are_passed_over() -> None:
    assert isinstance(parse(b'{"event": "finished", "leaked": 0}', 1), FinishedEvent)


NAMES = st.sampled_from(["Fake.Conforms", "Fake.Other", "", "x" * 600, "\x1b[31m"])
OBSERVATIONS = st.fixed_dictionaries(
    {"name": NAMES, "kind": st.sampled_from(["value", "measurement", "x"]), "judged": st.booleans()},
    optional={
        "value": st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        "expected": st.one_of(st.none(), st.integers(), st.text(), st.lists(st.integers(), max_size=2)),
        "tolerance": st.floats(),
    },
)
EVENTS = st.fixed_dictionaries(
    {"event": st.sampled_from(["run", "start", "observed", "end", "resumed", "finished", "?"])},
    optional={
        "case": NAMES,
        "at": st.one_of(st.floats(0, 10), st.none()),
        "verdict": st.sampled_from([*VERDICTS, "?"]),
        "seconds": st.floats(),
        "observation": OBSERVATIONS,
        "reason": st.one_of(
            st.none(), st.fixed_dictionaries({"words": st.text()}, optional={"code": st.text()})
        ),
        "unjudged": st.text(),
        "evidence": st.lists(st.text(), max_size=2),
        "schema": st.just(1),
        "surface": st.sampled_from(["winsock", "wsk"]),
        "ledger_sha256": st.sampled_from(["0" * 64, "x"]),
        "seed": st.integers(),
        "fingerprint": st.just({"system": "model"}),
        "planned": st.lists(NAMES, max_size=2),
        "started": st.sampled_from(["2026-01-02T03:04:05Z", "yesterday"]),
    },
)
LINES = st.one_of(
    EVENTS.map(lambda event: json.dumps(event).encode()),
    st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")),
)


@given(lines=st.lists(LINES, max_size=12), torn=st.binary(max_size=10))
def test_a_hostile_journal_ends_in_one_line_or_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], torn: bytes
) -> None:
    """Whatever stands in a journal: the case gets one row that a record takes, or one line says why not."""
    path = tmp_path_factory.mktemp("hostile") / "journal.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines) + torn.replace(b"\n", b""))
    fold = Fold([_listed()], "winsock", "0" * 64)
    reader = JournalReader(path)
    words = ""
    try:
        for event in reader.poll():
            fold.apply(event)
    except JournalError as problem:
        words = str(problem)
    assert words == "" or words.isprintable()
    fold.close("error", "error", "the journal ends here")
    (row,) = fold.rows()
    assert row.case == "Fake.Conforms"
    assert row.verdict in VERDICTS


def _listed() -> ListedCase:
    from winsock_cts_reports.listing import ListedCase

    return ListedCase(
        name="Fake.Conforms",
        suite="Fake",
        case="Conforms",
        param="",
        area="so_keepalive",
        file="conformance/so_keepalive/fake_test.cpp",
        line=3,
        requirement="so-keepalive/fake/conforms",
        links=(),
        surfaces=("winsock",),
        judges=True,
        isolated=False,
    )
