"""Each rule of the ledger's lint finds its mistake in a ledger that is good but for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports import ledger as ledgers

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "requirements/states.toml": """\
[[requirement]]
key = "states/bound/page"
row = "ST-01"
statement = "A bound socket succeeds."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "S-SIO", at = "Remarks" }]
checked_by = "case"
conflict = { id = "DD-1", follows = "S-SIO" }

[[requirement]]
key = "states/bound/api"
row = "ST-01"
statement = "A bound socket fails."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "D-WSAI", at = "Remarks" }]
checked_by = "case"
conflict = { id = "DD-1", follows = "D-WSAI" }
readings = [{ source = "E-WT", says = "fails" }]

[[requirement]]
key = "states/all"
row = "ST-02"
statement = "All of it holds."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "S-SIO", at = "Remarks" }]
checked_by = "derived"
from = ["states/bound/page"]

[[requirement]]
key = "states/twice"
row = "ST-02"
statement = "All of it holds twice."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "S-SIO", at = "Remarks" }]
checked_by = "derived"
from = ["states/all"]

[[requirement]]
key = "states/alike"
row = "ST-03"
statement = "Both families are alike."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "S-SIO", at = "Remarks" }]
checked_by = "comparison"
from = ["states/bound/*"]

[[requirement]]
key = "states/duty"
row = "ST-03"
statement = "The caller does its duty."
level = "precondition"
surfaces = ["winsock"]
sources = [{ code = "S-SIO", at = "Remarks" }]
checked_by = "nothing"
why = "A duty of the caller."
""",
    "sources.toml": """\
[[source]]
code = "S-SIO"
title = "The page"
address = "https://example.org/page"
kind = "document"

[[source]]
code = "D-WSAI"
title = "The call"
address = "https://example.org/call"
kind = "document"

[[source]]
code = "E-WT"
title = "A test"
address = "https://example.org/test"
kind = "measurement"
""",
    "conflicts.toml": """\
[[conflict]]
id = "DD-1"
matter = "One says so, the other not."

[[conflict]]
id = "DD-2"
matter = "One says more."
settled = "More is no less."
""",
    "sentences.toml": """\
[[sentence]]
label = "V01"
document = "S-SIO"
summary = "Bound."
requirements = ["states/bound/page"]

[[sentence]]
label = "V02a"
document = "S-SIO"
summary = "Nothing."
no_behaviour = true
""",
    "draft.toml": """\
[groups]
ST = 3

[labels]
S-SIO = ["V01", "V02a"]
""",
    "deviations/states.toml": """\
[[deviation]]
cases = "Bound.*"
surface = "winsock"
when = { "wine.version" = ">=8,<9" }
observes = { result = "WSAEINVAL (10022)" }
reason = "Wine does."
source = "measured"
reviewed = 2026-11-20

[[deviation]]
cases = "Bound.Fails/tcp4"
surface = "winsock"
when = { "wine.version" = ">=9" }
observes = { result = "WSAEFAULT (10014)" }
reason = "Wine does."
source = "measured"
reviewed = 2026-11-20
""",
}
CASES = ("Bound.Fails/tcp4", "Bound.Fails/tcp6")
STATES, DEVIATIONS = "requirements/states.toml", "deviations/states.toml"


def findings(folder: Path, file: str = "", old: str = "", new: str = "") -> list[str]:
    """Lints the good ledger with the first `old` in `file` replaced by `new`."""
    assert old in FILES.get(file, ""), "the test no longer changes the ledger"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    return ledgers.lint(ledgers.load(folder), CASES)


def test_the_good_ledger_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        (
            STATES,
            '"states/duty"',
            '"wire/duty"',
            "wire/duty: stands in states.toml; begin its key with states/",
        ),
        ("draft.toml", "ST = 3", "ST = 4", "draft row ST-04 has no requirement"),
        ("draft.toml", "ST = 3", "ST = 2", "states/alike: row ST-03 is not in draft.toml"),
        (STATES, "S-SIO", "S-NON", "states/bound/page: source S-NON is not in sources.toml"),
        (STATES, "E-WT", "E-NON", "states/bound/api: source E-NON is not in sources.toml"),
        (
            STATES,
            'follows = "S-SIO"',
            'follows = "E-WT"',
            "states/bound/page: follows E-WT without citing it",
        ),
        ("sentences.toml", "S-SIO", "S-NON", "sentence V01: S-NON is not in sources.toml"),
        (STATES, "why =", 'test = "t.py::t"\nwhy =', "states/duty: checked_by nothing takes no test"),
        (STATES, 'why = "A duty of the caller."', "", "states/duty: checked_by nothing needs why"),
        (STATES, 'from = ["states/all"]', "", "states/twice: checked_by derived needs from"),
        (STATES, 'from = ["states/bound/*"]', "", "states/alike: checked_by comparison needs from"),
        (
            STATES,
            '"case"',
            '"case"\nfrom = ["states/all"]',
            "states/bound/page: checked_by case takes no from",
        ),
        (STATES, '"case"', '"case"\nwhy = "So."', "states/bound/page: checked_by case takes no why"),
        (STATES, '["states/all"]', '["states/al"]', "states/twice: from states/al: no such requirement"),
        (STATES, '["states/all"]', '["states/duty"]', "from states/duty: that one is checked by nothing"),
        (STATES, '["states/all"]', '["states/bound/*"]', "only a comparison may name a group"),
        (STATES, '["states/bound/*"]', '["wire/*"]', "states/alike: from wire/*: no key begins so"),
        (STATES, '["states/bound/page"]', '["states/twice"]', "states/all: is derived from itself"),
        (STATES, '["states/all"]', '["states/twice"]', "states/twice: is derived from itself"),
        (STATES, 'id = "DD-1"', 'id = "DD-9"', "states/bound/page: conflict DD-9 is not in conflicts.toml"),
        (STATES, 'id = "DD-1"', 'id = "DD-2"', "conflict DD-2 is settled and has members"),
        (STATES, 'id = "DD-1"', 'id = "DD-2"', "conflict DD-1: 1 documents claim it"),
        (STATES, '"must"', '"observation"', "a claim in a conflict is a must or a should"),
        ("conflicts.toml", 'settled = "More is no less."', "", "conflict DD-2: 0 documents claim it"),
        ("sentences.toml", '"V02a"', '"V02b"', "sentences.toml: S-SIO: V02a is due, not V02b"),
        ("draft.toml", '["V01", "V02a"]', '["V01"]', "sentences.toml: S-SIO: the end is due, not V02a"),
        ("draft.toml", '"V02a"]', '"V02a", "V03"]', "sentences.toml: S-SIO: V03 is due, not the end"),
        ("sentences.toml", "S-SIO", "E-WT", "sentence V01: draft.toml has no labels for E-WT"),
        ("sentences.toml", "no_behaviour = true", "", "sentence V02a: give it either requirements or"),
        (
            "sentences.toml",
            '"V01"',
            '"V01"\nno_behaviour = true',
            "sentence V01: give it either requirements",
        ),
        (
            "sentences.toml",
            "states/bound/page",
            "states/nowhere",
            "sentence V01: no requirement states/nowhere",
        ),
        (STATES, "A bound socket succeeds.", "A bound socket", "states/bound/page: end the statement with"),
        (STATES, "socket fails", "socket succeeds", "states/bound/api: says the same as states/bound/page"),
        (
            DEVIATIONS,
            "Bound.*",
            "Unbound.*",
            "deviations/states.toml: Unbound.* (winsock): no case has such a",
        ),
        (DEVIATIONS, ">=8,<9", ">=8,<10", "(winsock): both claim Bound.Fails/tcp4 on one target"),
    ],
)
def test_each_rule_finds_its_mistake(tmp_path: Path, file: str, old: str, new: str, finding: str) -> None:
    found = findings(tmp_path, file, old, new)
    assert any(finding in line for line in found), found
    assert not any("\n" in line for line in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('surface = "winsock"', 'surface = "spi"'),
        ('cases = "Bound.*"', 'cases = "*/tcp6"'),
        ('"wine.version" = ">=8,<9"', '"wine.version" = ">=8,<9", bits = 32'),
        ('reason = "Wine does."', 'reason = "Wine does."\nreported = true'),
    ],
)
def test_deviations_that_cannot_meet_are_no_overlap(tmp_path: Path, old: str, new: str) -> None:
    assert findings(tmp_path, DEVIATIONS, old, new) == []


def test_without_a_listing_patterns_are_not_compared(tmp_path: Path) -> None:
    findings(tmp_path, DEVIATIONS, "Bound.*", "Unbound.*")
    assert ledgers.lint(ledgers.load(tmp_path)) == []


def test_a_ledger_without_deviations_is_good(tmp_path: Path) -> None:
    findings(tmp_path)
    (tmp_path / DEVIATIONS).unlink()
    (tmp_path / "deviations").rmdir()
    assert ledgers.load(tmp_path).deviations == ()


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
        findings(tmp_path, file, old, new)
    assert "\n" not in str(problem.value)


def test_a_crash_needs_no_observation(tmp_path: Path) -> None:
    replaced = 'observes = {}\nverdict = "crashed"'
    assert findings(tmp_path, DEVIATIONS, 'observes = { result = "WSAEINVAL (10022)" }', replaced) == []


def test_a_measurement_is_known_within_bounds(tmp_path: Path) -> None:
    assert findings(tmp_path, DEVIATIONS, '"WSAEINVAL (10022)"', "{ near = 75, within = 0.5 }") == []
    assert ledgers.load(tmp_path).deviations[0].observes == {"result": {"near": 75, "within": 0.5}}
