"""The generator of the C++ key headers, conformance/ledger/generate_keys.py."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

LEDGER = Path(__file__).resolve().parents[2] / "conformance" / "ledger"
SCRIPT = LEDGER / "generate_keys.py"

MINIMAL = """\
[[requirement]]
key = "states/bound/so-keepalive"
row = "ST-02"
level = "should"
windows = { since = "vista", until = "10-1607" }
conflict = { id = "DD-1", follows = "S-SIO" }
"""


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_keys", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


keys = load_script()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements" / "states.toml").write_text(MINIMAL, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_writes_the_constant_of_a_requirement(ledger: Path, tmp_path: Path) -> None:
    assert run("--out", tmp_path / "gen", "--ledger", ledger).returncode == 0
    text = (tmp_path / "gen" / "keys" / "states.h").read_text(encoding="utf-8")
    assert text == (
        "// Generated from conformance/ledger/requirements/states.toml; do not edit.\n"
        "#pragma once\n\n"
        '#include "fixtures/verdict/requirement.h"\n\n'
        "namespace cts::key::states {\n\n"
        "inline constexpr Requirement bound_so_keepalive{\n"
        '    .key = "states/bound/so-keepalive",\n'
        '    .row = "ST-02",\n'
        "    .level = Level::should,\n"
        "    .since = WindowsVersion{6, 0, 6000},\n"
        "    .until = WindowsVersion{10, 0, 15062},\n"
        '    .conflict = "DD-1",\n'
        '    .follows = "S-SIO",\n'
        "};\n\n"
        "}  // namespace cts::key::states\n"
    )


def test_a_key_that_the_ledger_lacks_has_no_name(ledger: Path, tmp_path: Path) -> None:
    keys.generate(ledger, tmp_path)
    assert "unbound" not in (tmp_path / "keys" / "states.h").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("2003", "WindowsVersion{5, 2, 65535}"),  # service packs keep the number or raise the build
        ("7", "WindowsVersion{6, 1, 65535}"),
        ("10-1809", "WindowsVersion{10, 0, 19042}"),
        ("10-21h1", "WindowsVersion{10, 0, 21999}"),  # 21H2 and 22H2 are later than 21H1 and not Windows 11
        ("11", "windows::any_later"),
    ],
)
def test_until_includes_every_build_of_its_version(name: str, last: str) -> None:
    assert keys.last_build(name) == last


def test_the_versions_are_in_order() -> None:
    assert list(keys.WINDOWS.values()) == sorted(keys.WINDOWS.values())


def test_an_unchanged_file_is_not_rewritten(ledger: Path, tmp_path: Path) -> None:
    keys.generate(ledger, tmp_path)
    for file in (tmp_path / "keys").iterdir():
        os.utime(file, (1, 1))
    assert keys.generate(ledger, tmp_path) == []
    assert {file.stat().st_mtime for file in (tmp_path / "keys").iterdir()} == {1}

    (ledger / "requirements" / "wire.toml").write_text("", encoding="utf-8")
    changed = {file.name for file in keys.generate(ledger, tmp_path)}
    assert changed == {"wire.h", "ledger.h"}, "the hash changed, the other area did not"


def test_the_header_of_a_removed_area_goes_away(ledger: Path, tmp_path: Path) -> None:
    (ledger / "requirements" / "wire.toml").write_text("", encoding="utf-8")
    keys.generate(ledger, tmp_path)
    (ledger / "requirements" / "wire.toml").unlink()
    keys.generate(ledger, tmp_path)
    assert not (tmp_path / "keys" / "wire.h").exists()


@pytest.mark.parametrize(
    ("replace", "by", "says"),
    [
        ("states/bound/so-keepalive", "states/Bound", "lower-case words"),
        ("states/bound/so-keepalive", "states", "lower-case words"),
        ("states/bound/so-keepalive", "states/bound--twice", "lower-case words"),
        ("states/bound/so-keepalive", "wire/bound", "must name the file, 'states'"),
        ("states/bound/so-keepalive", "states/default", "cannot be a C++ name"),
        ("should", "may", "choose one of must, should"),
        ("ST-02", "st 2", "write a row of the draft"),
        ("vista", "Vista", "choose since/until"),
        ("since", "from", "choose since/until"),
        ("DD-1", 'DD\\"1', "write id and follows"),
        ("follows", "follow", "write id and follows"),
        ("[[requirement]]", "[[requirement]", "not TOML"),
    ],
)
def test_a_bad_ledger_is_refused_in_one_line(
    ledger: Path, tmp_path: Path, replace: str, by: str, says: str
) -> None:
    file = ledger / "requirements" / "states.toml"
    file.write_text(MINIMAL.replace(replace, by, 1), encoding="utf-8")
    result = run("--out", tmp_path / "gen", "--ledger", ledger)
    assert result.returncode == 2
    assert result.stderr.startswith("generate_keys.py: states.toml: ")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_two_keys_with_one_name_are_refused(ledger: Path, tmp_path: Path) -> None:
    twin = MINIMAL.replace("bound/so-keepalive", "bound/so/keepalive")
    (ledger / "requirements" / "states.toml").write_text(MINIMAL + twin, encoding="utf-8")
    with pytest.raises(keys.BadLedgerError, match="another key has the C\\+\\+ name 'bound_so_keepalive'"):
        keys.generate(ledger, tmp_path)


def test_a_folder_without_requirements_is_refused(tmp_path: Path) -> None:
    result = run("--out", tmp_path / "gen", "--ledger", tmp_path)
    assert result.returncode == 2
    assert "name the ledger with --ledger" in result.stderr


def test_the_hash_covers_paths_and_bytes(ledger: Path) -> None:
    before = keys.ledger_sha256(ledger)
    file = ledger / "requirements" / "states.toml"
    file.rename(file.with_name("wire.toml"))
    renamed = keys.ledger_sha256(ledger)
    (ledger / "requirements" / "wire.toml").write_text(MINIMAL + "\n", encoding="utf-8")
    edited = keys.ledger_sha256(ledger)
    (ledger / "README.md").write_text("not data", encoding="utf-8")
    assert len({before, renamed, edited}) == 3
    assert keys.ledger_sha256(ledger) == edited


def test_names_are_unique_in_the_real_ledger(tmp_path: Path) -> None:
    keys.generate(LEDGER, tmp_path)
    headers = sorted((tmp_path / "keys").glob("*.h"))
    assert len(headers) == 1 + len(list((LEDGER / "requirements").glob("*.toml")))
    for file in headers:
        names = re.findall(r"^inline constexpr \S+ (\w+)\{", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(names) == len(set(names)) > 0


@pytest.mark.skipif(shutil.which("g++") is None, reason="no g++")
def test_the_real_headers_compile(tmp_path: Path) -> None:
    """A stand-in for fixtures/verdict/requirement.h; the real one is compiled with the whole program."""
    keys.generate(LEDGER, tmp_path)
    stand_in = tmp_path / "fixtures" / "verdict" / "requirement.h"
    stand_in.parent.mkdir(parents=True)
    stand_in.write_text(
        """\
#pragma once
#include <string_view>
namespace cts {
enum class Level { must, should, precondition, observation };
struct WindowsVersion { unsigned major_, minor_, build; };
namespace windows {
inline constexpr WindowsVersion any{0, 0, 0};
inline constexpr WindowsVersion any_later{~0u, ~0u, ~0u};
}
struct Requirement {
  std::string_view key, row; Level level; WindowsVersion since, until; std::string_view conflict, follows;
};
}
""",
        encoding="utf-8",
    )
    source = tmp_path / "all.cpp"
    names = [f'#include "keys/{file.name}"\n' for file in sorted((tmp_path / "keys").glob("*.h"))]
    source.write_text("".join(names), encoding="utf-8")
    command = ["g++", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I.", "all.cpp"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
