"""Targets, what is known of them, and what the project says of its own tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from winsock_cts import targets
from winsock_cts.errors import InputError
from winsock_cts.project import Project
from winsock_cts.selection import is_node, targets_of

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import FakeProject


def test_names_in_their_order_each_once() -> None:
    assert [target.name for target in targets.named(["wine", "model", "wine"])] == ["wine", "model"]


def test_an_unknown_name_is_one_line_with_those_there_are() -> None:
    with pytest.raises(InputError, match="unknown target 'xp'; there are model, wine, windows"):
        targets.named(["xp"])


def test_the_listing_for_scripts_tells_why_one_is_not_there(fake: FakeProject, tmp_path: Path) -> None:
    done = fake.cts("targets", "--json", cwd=tmp_path, WINSOCK_CTS_WINE=str(tmp_path))
    found = {each["name"]: each for each in json.loads(done.stdout)["targets"]}
    assert found["model"]["available"] is True
    assert found["wine"]["lacks"] == "no Wine here; install it: apt-get install wine64"
    assert found["windows"]["lacks"] == "this machine does not run Windows"


def test_the_listing_for_people_is_plain_in_a_pipe(fake: FakeProject, tmp_path: Path) -> None:
    done = fake.cts("targets", cwd=tmp_path)
    assert done.stdout.splitlines()[0].split() == ["target", "what", "available"]
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("word", "node"),
    [("model", False), ("a_test.cpp", True), ("conformance/x", True), ("x.cpp::A.B[wine]", True)],
)
def test_words_that_are_node_ids(word: str, node: bool) -> None:
    assert is_node(word) is node


def test_node_ids_name_their_targets() -> None:
    nodes = ["x.cpp::A.B[wine-tcp4-0]", "x.cpp::A.B[model]", "x.cpp::A.C[wine]", "x.cpp"]
    assert targets_of(nodes) == ["wine", "model"]


@pytest.mark.parametrize(
    ("node", "there"),
    [
        ("tests/test_x.py::test_a", True),
        ("tests/test_x.py::TestB::test_c", True),
        ("tests/test_x.py::test_a[param]", True),
        ("tests/test_x.py::TestB::test_a", False),
        ("tests/test_x.py::test_d", False),
        ("tests/test_y.py::test_a", False),
        ("tests/test_x.py", False),
        ("tests/z_test.cpp::Suite.Name", True),
        ("tests/z_test.cpp::Suite.Other", False),
        ("tests/z_test.cpp::Suite", False),
    ],
)
def test_tests_that_the_ledger_names_are_looked_up(tmp_path: Path, node: str, there: bool) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        "def test_a(): ...\nclass TestB:\n    def test_c(self): ...\n", encoding="utf-8"
    )
    (tmp_path / "tests" / "z_test.cpp").write_text("TEST_F(Suite, Name) {}\n", encoding="utf-8")
    assert Project(tmp_path).has_test(node) is there
