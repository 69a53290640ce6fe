"""An entry of the ledger whose fields do not fit is refused in one line that names file, entry and field."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from winsock_cts_reports import ledger as ledgers

GOOD = Path(__file__).resolve().parent / "test_ledger_data"
STATES, DEVIATIONS = "requirements/states.toml", "deviations/states.toml"


def load_changed(folder: Path, file: str, old: str, new: str) -> ledgers.Ledger:
    """Loads the good ledger with the first `old` in `file` replaced by `new`."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    text = (GOOD / file).read_text(encoding="utf-8")
    assert old in text, "the test no longer changes the ledger"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return ledgers.load(folder)


SCHEMA = [
    (STATES, "level", "levels", "requirements/states.toml: requirement 1 (states/bound/page): "),
    (STATES, '"must"', '["must", "should"]', "states/bound/page): level: "),
    (STATES, 'level = "must"', "", "states/bound/page): level: "),
    (STATES, '"ST-01"', '"st 1"', "states/bound/page): row: "),
    (STATES, '["winsock"]', '["kernel"]', "states/bound/page): surfaces.0: "),
    (STATES, '["winsock"]', "[]", "states/bound/page): surfaces: "),
    (STATES, '[{ code = "S-SIO", at = "Remarks" }]', "[]", "states/bound/page): sources: "),
    (STATES, ', at = "Remarks"', "", "states/bound/page): sources.0.at: "),
    (STATES, '"states/bound/page"', '"States"', "requirement 1 (States): key: "),
    (STATES, '"case"', '"case"\nwindows = { since = "vista95" }', "windows.since: "),
    (
        STATES,
        '"case"',
        '"case"\nwindows = { since = "vista", until = "xp" }',
        "since vista is later than until xp",
    ),
    (STATES, '"case"', '"case"\narea = "wire"', "area: follows from the file's name"),
    (STATES, '"A bound socket succeeds."', '"Two\\nlines."', "states/bound/page): statement: "),
    (
        STATES,
        '"A bound socket succeeds."',
        "2026-11-20",
        "holds a date, a time or a number that no field takes",
    ),
    (STATES, '"states/bound/api"', '"states/bound/page"', "requirement states/bound/page is there twice"),
    (STATES, "[[requirement]]", "[[requirements]]", "unknown 'requirements'"),
    (STATES, "[[requirement]]", "requirement = 1\n[[x]]", "states.toml: "),
    ("sources.toml", '"D-WSAI"', '"S-SIO"', "source S-SIO is there twice"),
    ("sources.toml", '"document"', '"rumour"', "sources.toml: source 1 (S-SIO): kind: "),
    ("conflicts.toml", "matter", "about", "conflicts.toml: conflict 1 (DD-1): "),
    ("sentences.toml", '"V01"', '"1"', "sentences.toml: sentence 1 (1): label: "),
    ("draft.toml", "ST = 3", 'ST = "3"', "draft.toml: groups.ST: "),
    ("draft.toml", "[labels]", "[label]", "draft.toml: label: "),
    (DEVIATIONS, '"winsock"', '"kernel"', "deviations/states.toml: deviation 1 (Bound.*): surface: "),
    (DEVIATIONS, '{ "wine.version" = ">=8,<9" }', "{}", "deviation 1 (Bound.*): when: "),
    (DEVIATIONS, '">=8,<9"', '">=eight"', "'>=eight' is no version specifier"),
    (DEVIATIONS, '">=8,<9"', '"===8"', "compare versions with ==, not ==="),
    (DEVIATIONS, '">=8,<9"', '">="', "'>=' is no version specifier"),
    (DEVIATIONS, '">=8,<9"', "[8]", "deviation 1 (Bound.*): when.wine.version"),
    (DEVIATIONS, '{ result = "WSAEINVAL (10022)" }', "{}", "observes is empty"),
    (DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = 75 }", "deviation 1 (Bound.*): observes.result"),
    (DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = 75, within = -1 }", "observes.result"),
    (DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = nan, within = 1 }", "observes.result"),
    (DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = 75, within = 1, so = 1 }", "observes.result"),
    (DEVIATIONS, "2026-11-20", '"2026-11-20"', "deviation 1 (Bound.*): reviewed: "),
    (DEVIATIONS, "2026-11-20", "2026-11-20T10:00:00Z", "deviation 1 (Bound.*): reviewed: "),
    (DEVIATIONS, "reviewed = 2026-11-20", "", "deviation 1 (Bound.*): reviewed: "),
    (DEVIATIONS, 'source = "measured"', "", "deviation 1 (Bound.*): source: "),
    (DEVIATIONS, "reason =", 'verdict = "conforms"\nreason =', "deviation 1 (Bound.*): verdict: "),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), SCHEMA)
def test_an_entry_that_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(ledgers.LedgerError, match=re.escape(says)) as problem:
        load_changed(tmp_path, file, old, new)
    assert "\n" not in str(problem.value)


def test_a_crash_needs_no_observation(tmp_path: Path) -> None:
    replaced = 'observes = {}\nverdict = "crashed"'
    ledger = load_changed(tmp_path, DEVIATIONS, 'observes = { result = "WSAEINVAL (10022)" }', replaced)
    assert ledger.deviations[0].observes == {}


def test_a_measurement_is_known_within_bounds(tmp_path: Path) -> None:
    ledger = load_changed(tmp_path, DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = 75, within = 0.5 }")
    assert ledger.deviations[0].observes == {"result": {"near": 75, "within": 0.5}}
