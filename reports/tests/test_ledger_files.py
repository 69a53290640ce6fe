"""Ledger files of any content are read or refused in one line; conditions never both hold unnoticed."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winsock_cts_reports import ledger as ledgers
from winsock_cts_reports.fingerprint import holds
from winsock_cts_reports.overlap import both_can_hold

REAL = Path(__file__).resolve().parents[2] / "conformance" / "ledger"
NAMES = ("sources.toml", "conflicts.toml", "sentences.toml", "draft.toml", "deviations/states.toml")
FILES = (*NAMES, "requirements/states.toml")
EMPTY_DRAFT = "[groups]\n[labels]\n"
GOOD = (REAL / "requirements" / "states.toml").read_bytes()

FIELD_NAMES = """key row statement level surfaces windows sources checked_by from test why conflict readings
    area cases when observes reviewed reported verdict code label groups""".split()  # noqa: SIM905
FIELDS = st.sampled_from(FIELD_NAMES)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["must", "case", "winsock", "states/x", "ST-01", "", ">=8", "nan"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=6,
)
LITERALS = st.sampled_from(
    ["inf", "nan", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "9" * 5000, "[" * 400]
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def load_with(name: str, content: bytes) -> None:
    """Loads a ledger whose file `name` holds `content`: it works, or one line says why not."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for file in FILES:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(EMPTY_DRAFT if file == "draft.toml" else "", encoding="utf-8")
        (folder / "requirements" / "states.toml").write_bytes(GOOD)
        (folder / name).write_bytes(content)
        try:
            assert isinstance(ledgers.lint(ledgers.load(folder)), list)
        except ledgers.LedgerError as problem:
            line = str(problem)
            assert "\n" not in line
            assert line.isprintable()
            assert len(line) < 2000


@given(name=st.sampled_from(FILES), content=st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_bytes_that_are_no_ledger(name: str, content: bytes) -> None:
    load_with(name, content)


@given(
    name=st.sampled_from(FILES),
    table=st.sampled_from(["requirement", "source", "conflict", "sentence", "deviation", "groups"]),
    fields=st.dictionaries(FIELDS, VALUES.map(toml) | LITERALS, max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_entries_of_any_shape(name: str, table: str, fields: dict[str, str]) -> None:
    text = f"[[{table}]]\n" + "".join(f"{field} = {value}\n" for field, value in fields.items())
    load_with(name, text.encode("utf-8", "surrogatepass"))


@given(at=st.integers(0, len(GOOD)), noise=st.binary(max_size=4), gone=st.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_a_damaged_requirements_file(at: int, noise: bytes, gone: int) -> None:
    load_with("requirements/states.toml", GOOD[:at] + noise + GOOD[at + gone :])


@pytest.mark.parametrize("name", ["sources.toml", "conflicts.toml", "sentences.toml", "draft.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    for file in FILES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(EMPTY_DRAFT if file == "draft.toml" else "", encoding="utf-8")
    (tmp_path / "requirements" / "states.toml").write_bytes(GOOD)
    (tmp_path / name).unlink()
    with pytest.raises(ledgers.LedgerError, match=f"^{name}: no such file"):
        ledgers.load(tmp_path)


def test_an_empty_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(ledgers.LedgerError, match="holds no requirement; name the folder conformance/ledger"):
        ledgers.load(tmp_path)


def test_a_file_of_no_area_is_refused(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "misc.toml").write_text("", encoding="utf-8")
    with pytest.raises(
        ledgers.LedgerError, match=r"^requirements/misc\.toml: no such area; name the file after"
    ):
        ledgers.load(tmp_path)


VERSIONS = st.lists(st.integers(0, 12), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))


@st.composite
def specifiers(draw: st.DrawFn) -> str:
    parts = draw(
        st.lists(
            st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), VERSIONS, st.booleans()),
            min_size=1,
            max_size=3,
        )
    )
    wild = ("==", "!=")
    return ",".join(f"{sign}{at}{'.*' if star and sign in wild else ''}" for sign, at, star in parts)


@given(one=specifiers() | VERSIONS, other=specifiers() | VERSIONS, version=VERSIONS)
@settings(max_examples=400, deadline=None)
def test_a_target_that_meets_both_conditions_is_foreseen(one: str, other: str, version: str) -> None:
    first, second, target = {"wine.version": one}, {"wine.version": other}, {"wine": {"version": version}}
    if holds(first, target) and holds(second, target):
        assert both_can_hold(first, second)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"wine.version": ">=8,<9"}, {"wine.version": ">=9"}, False),
        ({"wine.version": ">=8,<=9"}, {"wine.version": ">=9"}, True),
        ({"wine.version": ">8,<9"}, {"wine.version": ">8.5"}, True),
        ({"wine.version": "==8.*"}, {"wine.version": "==9.*"}, False),
        ({"wine.version": "!=8.*"}, {"wine.version": ">=8,<9"}, False),
        ({"wine.version": "!=8.*"}, {"wine.version": ">=8,<9.5"}, True),
        ({"wine.version": "~=8.0"}, {"wine.version": "8.0"}, True),
        ({"wine.version": "~=8.0"}, {"wine.version": "9.0"}, False),
        ({"bits": 64}, {"bits": 32}, False),
        ({"bits": 64}, {"elevated": True}, True),
        ({"elevated": True}, {"elevated": 1}, False),
        ({"system": "wine", "bits": 64}, {"system": "windows", "bits": 64}, False),
        ({"wine.host": "Linux"}, {"wine.version": ">=8"}, True),
    ],
)
def test_conditions_that_can_and_cannot_hold_together(
    one: dict[str, str | int], other: dict[str, str | int], both: bool
) -> None:
    assert both_can_hold(one, other) is both
    assert both_can_hold(other, one) is both
