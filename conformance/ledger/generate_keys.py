#!/usr/bin/env python3
"""Writes one C++ header of requirement constants for each requirements file of the ledger.

    generate_keys.py --out DIR [--ledger FOLDER]

DIR/keys/AREA.h binds a case to a requirement by name, so that an unknown key does not compile.
DIR/keys/ledger.h holds the hash of the ledger that the program was built from. A file whose text is
unchanged is not touched, so that only what depends on a changed requirement is built again. Only the
standard library is used, since this runs inside the C++ build. Exit status: 0 written, 2 the ledger or the
command line is wrong (one line says what).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+")
CODE = re.compile(r"[A-Z][A-Z0-9-]*")
LEVELS = ("must", "should", "precondition", "observation")

# Name of a Windows version and its first build, oldest first. A server edition carries the name of the client
# with the same kernel: 2008 vista, 2008 R2 7, 2012 8, 2012 R2 8.1, 2016 10-1607, 2019 10-1809.
WINDOWS: dict[str, tuple[int, int, int]] = {
    "2000": (5, 0, 2195),
    "xp": (5, 1, 2600),
    "2003": (5, 2, 3790),
    "vista": (6, 0, 6000),
    "7": (6, 1, 7600),
    "8": (6, 2, 9200),
    "8.1": (6, 3, 9600),
    "10-1507": (10, 0, 10240),
    "10-1607": (10, 0, 14393),
    "10-1703": (10, 0, 15063),
    "10-1709": (10, 0, 16299),
    "10-1803": (10, 0, 17134),
    "10-1809": (10, 0, 17763),
    "10-21h1": (10, 0, 19043),
    "11": (10, 0, 22000),
}
HIGHEST_BUILD = 65535

# Words that C++ keeps for itself, and names that common system headers define as macros.
RESERVED = frozenset(
    """
    alignas alignof and asm auto bool break case catch char class compl concept const consteval constexpr
    constinit continue decltype default delete do double else enum explicit export extern false float for
    friend goto if inline int long mutable namespace new noexcept not nullptr operator or private
    protected public register requires return short signed sizeof static struct switch template this
    throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor
    far near small interface pascal cdecl min max unix linux optional
    """.split()  # noqa: SIM905
)


class BadLedgerError(ValueError):
    """The ledger cannot be turned into headers; the message is one line that names file and entry."""


def identifier(key: str) -> str:
    """The C++ name of a key: what follows the area, with `/` and `-` as `_`."""
    name = key.split("/", 1)[1].replace("/", "_").replace("-", "_")
    return f"_{name}" if name[0].isdigit() else name


def version(numbers: tuple[int, int, int]) -> str:
    return "WindowsVersion{" + ", ".join(str(number) for number in numbers) + "}"


def first_build(name: str) -> str:
    return version(WINDOWS[name])


def last_build(name: str) -> str:
    """The last build that still bears the name, service packs included: the one before the next name's."""
    names = list(WINDOWS)
    following = names[names.index(name) + 1 :]
    if not following:
        return "windows::any_later"
    major, minor, _ = WINDOWS[name]
    later = WINDOWS[following[0]]
    return version((major, minor, later[2] - 1 if later[:2] == (major, minor) else HIGHEST_BUILD))


def constant(entry: dict[str, Any], area: str, where: str) -> str:
    """The C++ constant of one requirement."""
    key = entry.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadLedgerError(
            f"{where}: key {key!r}: write lower-case words joined by '-', in segments joined by '/'"
        )
    where = f"{where}: {key}"
    if key.split("/", 1)[0] != area.replace("_", "-"):
        raise BadLedgerError(f"{where}: the first segment must name the file, {area.replace('_', '-')!r}")
    if identifier(key) in RESERVED:
        raise BadLedgerError(f"{where}: {identifier(key)!r} cannot be a C++ name; choose a longer key")
    if entry.get("level") not in LEVELS:
        raise BadLedgerError(f"{where}: level {entry.get('level')!r}: choose one of {', '.join(LEVELS)}")
    row = entry.get("row")
    if not isinstance(row, str) or not CODE.fullmatch(row):
        raise BadLedgerError(f"{where}: row {row!r}: write a row of the draft, such as IN-03")
    windows = entry.get("windows", {})
    for bound, name in windows.items():
        if bound not in ("since", "until") or name not in WINDOWS:
            raise BadLedgerError(
                f"{where}: windows {bound} = {name!r}: choose since/until and one of {', '.join(WINDOWS)}"
            )
    conflict = entry.get("conflict", {})
    for part, code in conflict.items():
        if part not in ("id", "follows") or not CODE.fullmatch(str(code)):
            raise BadLedgerError(
                f"{where}: conflict {part} = {code!r}: write id and follows, such as DD-1 and S-SIO"
            )
    since = first_build(windows["since"]) if "since" in windows else "windows::any"
    until = last_build(windows["until"]) if "until" in windows else "windows::any_later"
    return (
        f"inline constexpr Requirement {identifier(key)}{{\n"
        f'    .key = "{key}",\n'
        f'    .row = "{row}",\n'
        f"    .level = Level::{entry['level']},\n"
        f"    .since = {since},\n"
        f"    .until = {until},\n"
        f'    .conflict = "{conflict.get("id", "")}",\n'
        f'    .follows = "{conflict.get("follows", "")}",\n'
        "};\n"
    )


def header(file: Path) -> str:
    """The header of one requirements file."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("requirement", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLedgerError(f"{file.name}: not TOML: {error}") from error
    area = file.stem
    constants: dict[str, str] = {}
    for entry in entries:
        text = constant(entry, area, file.name)
        name = identifier(entry["key"])
        if name in constants:
            raise BadLedgerError(
                f"{file.name}: {entry['key']}: another key has the C++ name {name!r} too; rename one"
            )
        constants[name] = text
    return (
        f"// Generated from conformance/ledger/requirements/{file.name}; do not edit.\n"
        "#pragma once\n\n"
        '#include "fixtures/verdict/requirement.h"\n\n'
        f"namespace cts::key::{area} {{\n\n"
        + "\n".join(constants.values())
        + f"\n}}  // namespace cts::key::{area}\n"
    )


def ledger_sha256(ledger: Path) -> str:
    """SHA-256 over every TOML file of the ledger, in order of path: path, NUL, bytes, NUL."""
    digest = hashlib.sha256()
    files = {file.relative_to(ledger).as_posix(): file for file in ledger.rglob("*.toml")}
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path].read_bytes() + b"\0")
    return digest.hexdigest()


def ledger_header(ledger: Path) -> str:
    return (
        "// Generated from conformance/ledger; do not edit.\n"
        "#pragma once\n\n"
        "#include <string_view>\n\n"
        "namespace cts::key {\n\n"
        "/// SHA-256 of the ledger's files, as a run record states it.\n"
        f'inline constexpr std::string_view ledger_sha256{{"{ledger_sha256(ledger)}"}};\n\n'
        "}  // namespace cts::key\n"
    )


def generate(ledger: Path, out: Path) -> list[Path]:
    """Writes the headers into out/keys; returns the files that were written or removed."""
    files = sorted((ledger / "requirements").glob("*.toml"))
    if not files:
        raise BadLedgerError(
            f"{ledger.name}/requirements: no *.toml file there; name the ledger with --ledger"
        )
    wanted = {f"{file.stem}.h": header(file) for file in files} | {"ledger.h": ledger_header(ledger)}
    folder = out / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for stale in folder.glob("*.h"):
        if stale.name not in wanted:
            stale.unlink()
            changed.append(stale)
    for name, text in wanted.items():
        file = folder / name
        data = text.encode()
        if not file.is_file() or file.read_bytes() != data:
            file.write_bytes(data)
            changed.append(file)
    return changed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes the C++ headers of the ledger's requirement keys.")
    parser.add_argument("--out", type=Path, required=True, help="folder that receives keys/*.h")
    parser.add_argument(
        "--ledger", type=Path, default=Path(__file__).resolve().parent, help="the ledger's folder"
    )
    options = parser.parse_args(arguments)
    try:
        generate(options.ledger, options.out)
    except (BadLedgerError, OSError) as error:
        print(f"generate_keys.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
