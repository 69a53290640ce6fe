"""The real ledger, and which requirements count as tested."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

from winsock_cts_reports import ledger as ledgers
from winsock_cts_reports import windows_versions

FOLDER = Path(__file__).resolve().parents[2] / "conformance" / "ledger"


@pytest.fixture(scope="module")
def ledger() -> ledgers.Ledger:
    return ledgers.load(FOLDER)


def test_the_real_ledger_has_no_mistakes(ledger: ledgers.Ledger) -> None:
    assert ledgers.lint(ledger) == []


def test_every_row_of_the_draft_is_covered(ledger: ledgers.Ledger) -> None:
    assert len(ledger.draft.rows) == 337
    assert {requirement.row for requirement in ledger.requirements.values()} == set(ledger.draft.rows)


def test_every_sentence_of_both_documents_is_mapped(ledger: ledgers.Ledger) -> None:
    counts = Counter(sentence.document for sentence in ledger.sentences.values())
    assert counts == {"S-WSK": 29, "S-SIO": 72}
    silent = [label for label, sentence in ledger.sentences.items() if sentence.no_behaviour]
    assert silent == ["V68"], "only the list of further reading says nothing"


def test_an_observation_says_what_is_recorded_and_no_other_does(ledger: ledgers.Ledger) -> None:
    for key, requirement in ledger.requirements.items():
        if requirement.checked_by != "nothing":
            assert requirement.statement.startswith("Recorded: ") == (requirement.level == "observation"), key


def test_every_error_is_named_with_its_number(ledger: ledgers.Ledger) -> None:
    """Where a statement demands an error, a reader finds it in the records by that text."""
    for key, requirement in ledger.requirements.items():
        if requirement.level in ("must", "should") and requirement.checked_by == "case":
            for name in re.findall(r"\bWSAE[A-Z]+\b(?! \(\d+\))", requirement.statement):
                pytest.fail(f"{key}: write {name} with its number")


def test_short_input_is_claimed_by_two_documents(ledger: ledgers.Ledger) -> None:
    members = {
        key: requirement.conflict.follows
        for key, requirement in ledger.requirements.items()
        if requirement.conflict is not None and requirement.conflict.id == "DD-1"
    }
    assert members == {
        "sio-keepalive-vals/input/short-buffer/page": "S-SIO",
        "sio-keepalive-vals/input/short-buffer/wsaioctl": "D-WSAI",
    }


def test_every_link_is_an_address(ledger: ledgers.Ledger) -> None:
    for code, source in ledger.sources.items():
        own = source.address == "CONTRIBUTING.md"
        assert own or re.fullmatch(r"https://[a-z0-9.-]+/\S*", source.address), code


def test_the_generator_and_the_reader_agree() -> None:
    spec = importlib.util.spec_from_file_location("generate_keys", FOLDER / "generate_keys.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.ledger_sha256(FOLDER) == ledgers.load(FOLDER).sha256
    assert tuple(generator.WINDOWS) == windows_versions.WINDOWS_NAMES
    assert generator.WINDOWS == windows_versions.FIRST_BUILDS
    assert generator.LEVELS == ledgers.LEVELS


def requirement(key: str, checked_by: str, **fields: object) -> ledgers.Requirement:
    given: dict[str, object] = {
        "key": key,
        "row": "ST-01",
        "area": "states",
        "statement": f"{key}.",
        "level": "must",
        "surfaces": ("winsock",),
        "sources": (ledgers.Citation("S-SIO", "Remarks"),),
        "checked_by": checked_by,
    }
    return ledgers.Requirement(**(given | fields))  # type: ignore[arg-type]


def states(*requirements: ledgers.Requirement, listed: str = "", tests: str = "") -> dict[str, str]:
    ledger = ledgers.Ledger(
        requirements={each.key: each for each in requirements},
        sources={},
        conflicts={},
        sentences={},
        deviations=(),
        sha256="",
    )
    found = ledgers.states(ledger, {key: ["Case"] for key in listed.split()}, tests.split().__contains__)
    assert tuple(found) == tuple(ledger.requirements)
    return dict(found)


CASE, OTHER = requirement("states/case", "case"), requirement("states/other", "case")
NOTHING = requirement("states/nothing", "nothing", why="A duty of the caller.")


def test_a_case_in_the_listing_tests_its_requirement() -> None:
    assert states(CASE, OTHER, NOTHING, listed="states/case") == {
        "states/case": "tested",
        "states/other": "planned",
        "states/nothing": "untestable",
    }


def test_a_listed_key_without_a_case_is_not_tested() -> None:
    ledger = ledgers.Ledger(
        requirements={CASE.key: CASE}, sources={}, conflicts={}, sentences={}, deviations=(), sha256=""
    )
    assert ledgers.states(ledger, {"states/case": []}, bool) == {"states/case": "planned"}


BOTH = ("winsock", "spi")
ON_BOTH = requirement("states/on-both", "case", surfaces=BOTH)


@pytest.mark.parametrize(
    ("asked", "on_winsock", "on_spi"),
    [
        (ON_BOTH, "tested", "planned"),
        (requirement("states/nothing", "nothing", surfaces=BOTH), "untestable", "untestable"),
        (requirement("states/suite", "suite", surfaces=BOTH, test="t.py::test"), "tested", "tested"),
        (requirement("states/no-test", "suite", surfaces=BOTH, test="none"), "planned", "planned"),
        (requirement("states/of-one", "derived", surfaces=BOTH, from_=("states/case",)), "tested", "planned"),
        (
            requirement("states/of-both", "derived", surfaces=BOTH, from_=("states/case", "states/on-both")),
            "tested",
            "planned",
        ),
    ],
)
def test_a_requirement_is_tested_on_the_surfaces_of_its_cases(
    asked: ledgers.Requirement, on_winsock: str, on_spi: str
) -> None:
    ledger = ledgers.Ledger(
        requirements={each.key: each for each in (CASE, ON_BOTH, asked)},
        sources={},
        conflicts={},
        sentences={},
        deviations=(),
        sha256="",
    )
    cases = {"winsock": {"states/case": ["A.B"], "states/on-both": ["A.C"]}}
    found = ledgers.states_on_surfaces(ledger, cases, {"t.py::test"}.__contains__)
    assert found[asked.key] == {"winsock": on_winsock, "spi": on_spi}
    assert found["states/case"] == {"winsock": "tested"}
    everywhere = ledgers.states_on_surfaces(ledger, {**cases, "spi": {"states/on-both": ["A.C"]}}, bool)
    assert everywhere["states/on-both"] == {"winsock": "tested", "spi": "tested"}


@pytest.mark.parametrize(("tests", "state"), [("t.py::test", "tested"), ("", "planned")])
def test_a_test_of_the_suite_has_to_exist(tests: str, state: str) -> None:
    named = requirement("states/suite", "suite", test="t.py::test")
    unnamed = requirement("states/unnamed", "suite")
    assert states(named, unnamed, tests=tests) == {"states/suite": state, "states/unnamed": "planned"}


@pytest.mark.parametrize(
    ("listed", "state"),
    [("states/case states/other", "tested"), ("states/case", "planned"), ("", "planned")],
)
def test_a_derived_requirement_stands_on_all_of_its_own(listed: str, state: str) -> None:
    derived = requirement("states/derived", "derived", from_=("states/case", "states/other"))
    above = requirement("states/above", "derived", from_=("states/derived",))
    found = states(above, derived, CASE, OTHER, listed=listed)
    assert found["states/derived"] == found["states/above"] == state


def test_a_derived_requirement_leaves_aside_what_is_untestable() -> None:
    both = requirement("states/both", "derived", from_=("states/case", "states/nothing"))
    only = requirement("states/only", "derived", from_=("states/nothing",))
    found = states(both, only, CASE, NOTHING, listed="states/case")
    assert found["states/both"] == "tested"
    assert found["states/only"] == "untestable"


@pytest.mark.parametrize(
    ("listed", "tests", "state"),
    [
        ("states/case states/other", "t.py::test", "tested"),
        ("states/case", "t.py::test", "planned"),
        ("states/case states/other", "", "planned"),
    ],
)
def test_a_comparison_needs_its_cases_and_what_compares_them(listed: str, tests: str, state: str) -> None:
    compared = requirement("states/compared", "comparison", from_=("states/*",), test="t.py::test")
    assert states(compared, CASE, OTHER, listed=listed, tests=tests)["states/compared"] == state


@pytest.mark.parametrize(
    ("cases", "tests", "state"),
    [
        (["A.B/tcp4", "A.B/tcp6"], "t.py::test", "tested"),
        (["A.B/udp6-1", "A.B/udp4-1"], "t.py::test", "tested"),
        (["A.B/tcp4", "A.B/tcp6"], "", "planned"),
        (["A.B/tcp4", "A.C/tcp6", "A.B/udp6", "A.B"], "t.py::test", "planned"),
        ([], "t.py::test", "planned"),
    ],
)
def test_a_comparison_of_families_needs_a_pair_and_what_compares_it(
    cases: list[str], tests: str, state: str
) -> None:
    compared = requirement(
        "states/alike", "comparison", from_=("states/*",), compares="families", test="t.py::test"
    )
    ledger = ledgers.Ledger(
        requirements={each.key: each for each in (compared, CASE, OTHER)},
        sources={},
        conflicts={},
        sentences={},
        deviations=(),
        sha256="",
    )
    found = ledgers.states(ledger, {CASE.key: cases[:1], OTHER.key: cases[1:]}, tests.split().__contains__)
    assert found["states/alike"] == state


@pytest.mark.parametrize(
    ("since", "until", "reported", "speaks"),
    [
        (None, None, None, True),
        ("xp", None, "5.1.2600", True),
        ("xp", None, "5.0.2195", False),
        ("xp", None, "10.0.22631", True),
        (None, "2003", "5.2.3790", True),
        (None, "2003", "6.0.6000", False),
        ("10-1709", "10-1709", "10.0.17133", True),
        ("10-1709", "10-1709", "10.0.17134", False),
        (None, "11", "10.0.30000.1", True),
        ("xp", None, None, False),
        ("xp", None, "10.0", False),
        ("xp", None, "10.0.x", False),
    ],
)
def test_a_span_speaks_of_its_versions(
    since: windows_versions.WindowsName | None,
    until: windows_versions.WindowsName | None,
    reported: object,
    speaks: bool,
) -> None:
    assert windows_versions.in_span(reported, since, until) is speaks


def test_a_circle_is_planned_and_ends() -> None:
    one = requirement("states/one", "derived", from_=("states/two",))
    two = requirement("states/two", "derived", from_=("states/one", "states/missing"))
    assert states(one, two) == {"states/one": "planned", "states/two": "planned"}
