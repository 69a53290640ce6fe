"""Targets, what is known of them, and what the project says of its own tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from winsock_cts import targets, wine
from winsock_cts.errors import InputError, TargetError
from winsock_cts.project import Project
from winsock_cts.selection import is_node, targets_of
from winsock_cts.targets import INSTALL_32_BIT

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import FakeProject


def test_names_in_their_order_each_once() -> None:
    assert [target.name for target in targets.named(["wine", "model", "wine"])] == ["wine", "model"]


def test_an_unknown_name_is_one_line_with_those_there_are() -> None:
    with pytest.raises(InputError, match="unknown target 'xp'; there are model, wine, wine-x86, windows"):
        targets.named(["xp"])


def test_the_listing_for_scripts_tells_why_one_is_not_there(fake: FakeProject, tmp_path: Path) -> None:
    done = fake.cts("targets", "--json", cwd=tmp_path, WINSOCK_CTS_WINE=str(tmp_path))
    found = {each["name"]: each for each in json.loads(done.stdout)["targets"]}
    assert found["model"]["available"] is True
    assert found["wine"]["lacks"] == "no Wine here; install it: apt-get install wine64"
    assert found["wine-x86"]["lacks"] == f"no Wine for 32-bit programs here; install it: {INSTALL_32_BIT}"
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
    assert targets_of(["x.cpp::A.B[wine-x86-tcp4-0]", "x.cpp::A.B[wine-x86]"]) == ["wine-x86"]
    assert targets_of(["x.cpp::A.B[xp-tcp4]"]) == ["xp"]


class TestWineX86:
    """Beside a Wine that has no 32-bit loader, and beside one that has."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "wine"
        folder.mkdir()
        for name in ("wine64", "wineserver64"):
            (folder / name).touch()
        monkeypatch.setenv(wine.FOLDER_VARIABLE, str(folder))
        return folder

    def test_is_run_by_itself_only_where_there_is_a_wine_for_it(self, folder: Path) -> None:
        assert targets.default_names() == ("model", "wine")
        (folder / "wine").write_bytes(wine.ELF_OF_32_BITS)
        assert targets.default_names() == ("model", "wine", "wine-x86")

    def test_cannot_be_opened_without(self, folder: Path) -> None:
        (folder / "wine").write_bytes(b"\x7fELF\x02")
        target = targets.named(["wine-x86"])[0]
        with (
            pytest.raises(
                TargetError, match=r"^wine-x86: no Wine for 32-bit programs here; install it: dpkg"
            ),
            target.open(folder / "winsock-cts.exe"),
        ):
            pytest.fail("there is no 32-bit loader")

    def test_wants_a_program_of_its_own(self, folder: Path) -> None:
        (folder / "wine").write_bytes(wine.ELF_OF_32_BITS)
        target = targets.named(["wine-x86"])[0]
        with (
            pytest.raises(InputError, match=r"build it: \./cts run wine-x86$"),
            target.open(folder / "winsock-cts.exe"),
        ):
            pytest.fail("there is no program")


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
