"""Each rule of the ledger's lint finds its mistake in a ledger that is good but for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from winsock_cts_reports import ledger as ledgers

GOOD = Path(__file__).resolve().parent / "test_ledger_data"
CASES = ("Bound.Fails/tcp4", "Bound.Fails/tcp6")
STATES, DEVIATIONS = "requirements/states.toml", "deviations/states.toml"


def findings(folder: Path, file: str = "draft.toml", old: str = "", new: str = "") -> list[str]:
    """Lints the good ledger with the first `old` in `file` replaced by `new`."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    text = (GOOD / file).read_text(encoding="utf-8")
    assert old in text, "the test no longer changes the ledger"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
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
        (STATES, 'compares = "families"', "", "states/alike: checked_by comparison needs compares"),
        (
            STATES,
            '"case"',
            '"case"\ncompares = "families"',
            "states/bound/page: checked_by case takes no compares",
        ),
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
