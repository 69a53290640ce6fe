"""Run records at the boundary: what is kept, and how whatever is wrong becomes one line."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winsock_cts_reports import record_schema
from winsock_cts_reports.record import (
    Observation,
    Reason,
    RecordError,
    RunRecord,
    dump,
    json_schema,
    load,
    save,
)

from .samples import ENABLES, FAULT_CODE, INVALID_CODE, SHORT_BY_PAGE, Samples, observation, record, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLES = Samples()
ONE_LINE = 600


def as_json(run: RunRecord) -> dict[str, object]:
    loaded = json.loads(dump(run))
    assert isinstance(loaded, dict)
    return loaded


def refused(path: Path, content: object) -> str:
    """The one line with which the content is refused."""
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load(path)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < ONE_LINE
    return line.removeprefix(f"{path}: ")


@pytest.mark.parametrize("run", [SAMPLES.model, SAMPLES.wine], ids=["model", "wine"])
def test_saved_record_reads_back_equal(run: RunRecord, tmp_path: Path) -> None:
    save(run, tmp_path / "a.run.json")
    assert load(tmp_path / "a.run.json") == run


def test_saved_record_fits_the_schema() -> None:
    jsonschema.validate(as_json(SAMPLES.wine), json_schema(), jsonschema.Draft202012Validator)


def test_committed_schema_is_current() -> None:
    assert record_schema.COMMITTED.read_text(encoding="utf-8") == record_schema.text()


def test_saved_record_has_one_line_for_each_row() -> None:
    lines = dump(SAMPLES.wine).decode().splitlines()
    assert sum(line.startswith('  {"case": ') for line in lines) == SAMPLES.wine.planned


def test_counts_follow_from_the_rows() -> None:
    run = SAMPLES.wine
    assert run.planned == sum(run.counts.values()) == len(run.results)
    assert run.complete


def test_interrupted_record_is_not_complete() -> None:
    reason = Reason(code="interrupted", words="the run was ended")
    run = record(row("A.B", ENABLES, "not-run", reason=reason))
    assert run.interrupted
    assert not run.complete


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("{", "is cut short (it ends after 1 bytes inside a value)"),
        ('{"schema": 1, "suite": "0.', "is cut short (it ends after 26 bytes inside a value)"),
        ("no record", "is not JSON (line 1, column 1)"),
        ("[]", "is not a run record (no JSON object)"),
        ('{"suite": "0.1"}', "is not a run record (no schema number)"),
        ('{"schema": true}', "is not a run record (no schema number)"),
        ('{"schema": 1}', "is no run record of this suite; ./cts run makes one, named TARGET.run.json"),
        ('{"schema": 0}', "is a run record of the older schema 0; this suite reads 1: run it again"),
        ('{"schema": 2}', "is a run record of the newer schema 2; this suite reads 1: update the suite"),
        ('{"schema": 1, "seconds": NaN}', "holds NaN, which is not a number JSON knows"),
        ('{"schema": 1, "seconds": 1e999}', "holds a number out of range (1e999)"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"schema": ' + "9" * 5000 + "}", "is not JSON (a number of thousands of digits)"),
    ],
)
def test_what_is_no_record_is_named(content: str, words: str, tmp_path: Path) -> None:
    assert refused(tmp_path / "a.run.json", content) == words


def test_missing_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"a\.run\.json: no such file$"):
        load(tmp_path / "a.run.json")


def test_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        load(tmp_path)


def test_absurd_size_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.run.json").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(RecordError, match="is larger than 256 MB"):
        load(tmp_path / "a.run.json")


def _first_row(changes: dict[str, object]) -> Callable[[dict[str, object]], None]:
    def change(content: dict[str, object]) -> None:
        rows = content["results"]
        assert isinstance(rows, list)
        rows[0].update(changes)

    return change


def _twice(content: dict[str, object]) -> None:
    rows = content["results"]
    assert isinstance(rows, list)
    rows[7] = rows[0]


DIFFERING = {"name": "r", "kind": "value", "value": 1, "judged": True, "expected": 2}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.update(planned=3), "counts do not add up: 15 counted, 3 planned"),
        (lambda content: content["results"].pop(), "counts do not add up: 14 rows, 15 planned"),
        (lambda content: content["counts"].pop("error"), "counts lack error"),
        (
            lambda content: content["counts"].update(conforms=3, error=1),
            "counts do not add up: 4 rows are conforms, 3 counted",
        ),
        (_twice, "case 'SetOption.OneEnables/tcp4' on surface 'winsock' stands there 2 times"),
        (
            _first_row({"verdict": "deviates"}),
            "results.0: case 'SetOption.OneEnables/tcp4' deviates without a differing observation",
        ),
        (
            _first_row({"observations": [DIFFERING]}),
            "results.0: case 'SetOption.OneEnables/tcp4' is conforms with a differing observation",
        ),
        (
            _first_row({"observations": []}),
            "results.0: case 'SetOption.OneEnables/tcp4' conforms without a judged observation",
        ),
        (
            _first_row({"verdict": "crashed"}),
            "results.0: case 'SetOption.OneEnables/tcp4' is crashed without a reason",
        ),
        (
            _first_row({"verdict": "not-run", "reason": {"code": "tired", "words": ""}}),
            "results.0: case 'SetOption.OneEnables/tcp4' is not-run without a reason code",
        ),
        (_first_row({"verdict": "fine"}), "results.0.verdict: Input should be 'conforms'"),
        (_first_row({"surprise": 1}), "results.0.surprise: Extra inputs are not permitted"),
        (_first_row({"seconds": -1}), "results.0.seconds: Input should be greater than or equal to 0"),
        (_first_row({"case": "x" * 501}), "results.0.case: String should have at most 500 characters"),
        (lambda content: content.update(selection="some"), "is marked complete, but is a partial selection"),
        (lambda content: content.update(seed="0"), "seed: Input should be a valid integer"),
        (lambda content: content.update(seed=2**64), "seed: Input should be less than"),
        (lambda content: content.update(started="2026-13-40T00:00:00Z"), "started: month must be in 1..12"),
    ],
)
def test_contradictions_are_named(
    change: Callable[[dict[str, object]], None], words: str, tmp_path: Path
) -> None:
    content = as_json(SAMPLES.wine)
    change(content)
    assert refused(tmp_path / "a.run.json", content).startswith(words)


@pytest.mark.parametrize(
    ("value", "expected", "differs"),
    [
        (INVALID_CODE, INVALID_CODE, False),
        (FAULT_CODE, INVALID_CODE, True),
        (FAULT_CODE, (INVALID_CODE, FAULT_CODE), False),
        (1, 1.0, False),
        (True, 1, True),
        (True, True, False),
        ("1", 1, True),
    ],
)
def test_observation_differs_from_what_is_documented(
    value: str | int, expected: str | int, differs: bool
) -> None:
    assert observation(value, expected).differs is differs


@pytest.mark.parametrize(("value", "differs"), [(1011.5, False), (1060, False), (1061, True), (939, True)])
def test_measurement_has_a_tolerance(value: float, differs: bool) -> None:
    seen = Observation(
        name="first probe",
        kind="measurement",
        value=value,
        unit="ms",
        tolerance=60,
        judged=True,
        expected=1000,
    )
    assert seen.differs is differs


def test_record_that_cannot_be_built_is_named() -> None:
    twice = row("A.B", ENABLES, "conforms", observation(1, 1))
    with pytest.raises(RecordError) as caught:
        record(twice, twice)
    assert str(caught.value) == "record of wine: case 'A.B' on surface 'winsock' stands there 2 times"


def test_full_disk_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wine.run.json"
    save(SAMPLES.model, path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordError, match=r"wine\.run\.json: not written: No space left on device$"):
        save(SAMPLES.wine, path)
    assert load(path) == SAMPLES.model
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="not written: No such file or directory"):
        save(SAMPLES.wine, tmp_path / "none" / "wine.run.json")


def test_changed_copy_is_checked_before_it_is_saved(tmp_path: Path) -> None:
    broken = SAMPLES.wine.model_copy(update={"planned": 1})
    with pytest.raises(RecordError, match="counts do not add up"):
        save(broken, tmp_path / "wine.run.json")
    assert not list(tmp_path.iterdir())


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(sorted(as_json(SAMPLES.wine)))
row_fields = st.sampled_from(
    ["case", "surface", "requirement", "verdict", "observations", "reason", "seconds", "attempts", "evidence"]
)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def loads_or_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        run = load(path)
    except RecordError as problem:
        line = str(problem)
    else:
        line = ""
        assert run.planned == sum(run.counts.values()) == len(run.results)
    assert line.isprintable()


@QUIET
@given(content=st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(content: bytes, tmp_path: Path) -> None:
    loads_or_is_refused(tmp_path / "a.run.json", content)


@QUIET
@given(cut=st.integers(0, 4000), junk=st.binary(max_size=4))
def test_damaged_records_are_refused(cut: int, junk: bytes, tmp_path: Path) -> None:
    content = dump(SAMPLES.wine)
    loads_or_is_refused(tmp_path / "a.run.json", content[:cut] + junk + content[cut + len(junk) :])
    loads_or_is_refused(tmp_path / "a.run.json", content[:cut])


@QUIET
@given(field=fields, value=anything)
def test_any_value_in_a_field_of_the_record(field: str, value: object, tmp_path: Path) -> None:
    content = as_json(SAMPLES.wine) | {field: value}
    loads_or_is_refused(tmp_path / "a.run.json", json.dumps(content).encode())


@QUIET
@given(field=row_fields, value=anything)
def test_any_value_in_a_field_of_a_row(field: str, value: object, tmp_path: Path) -> None:
    content = as_json(record(row("A.B", SHORT_BY_PAGE, "conforms", observation(1, 1))))
    rows = content["results"]
    assert isinstance(rows, list)
    rows[0][field] = value
    loads_or_is_refused(tmp_path / "a.run.json", json.dumps(content).encode())
