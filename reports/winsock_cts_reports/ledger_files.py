"""Reading the ledger's TOML files; whatever is wrong with one becomes a single line."""

from __future__ import annotations

import datetime
import hashlib
import json
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from winsock_cts_reports.jsonfile import FileError, first_problem
from winsock_cts_reports.ledger_model import (
    AREAS,
    Conflict,
    Deviation,
    Draft,
    Ledger,
    Requirement,
    Sentence,
    Source,
)
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST_FILE = 16 * 1024 * 1024

Entry = TypeVar("Entry")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Requirement, Source, Conflict, Sentence, Deviation, Draft)
}


class LedgerError(FileError):
    """A ledger that cannot be used, in one line: which file and entry, what is wrong, what to do."""


def load(folder: Path) -> Ledger:
    """The ledger in `folder`.

    What a single entry gets wrong is an error here; what entries say of one another is for `lint`.
    """
    requirements = [
        requirement
        for file in _area_files(folder / "requirements")
        for requirement in _entries(file, "requirement", Requirement, "key", area=file.stem)
    ]
    if not requirements:
        raise LedgerError(f"{visible(str(folder))}: holds no requirement; name the folder conformance/ledger")
    deviations = [
        deviation
        for file in _area_files(folder / "deviations")
        for deviation in _entries(file, "deviation", Deviation, "cases", area=file.stem)
    ]
    return Ledger(
        requirements=_by("key", requirements),
        sources=_by("code", _entries(folder / "sources.toml", "source", Source, "code")),
        conflicts=_by("id", _entries(folder / "conflicts.toml", "conflict", Conflict, "id")),
        sentences=_by("label", _entries(folder / "sentences.toml", "sentence", Sentence, "label")),
        deviations=tuple(deviations),
        sha256=sha256(folder),
        draft=_valid(Draft, _table(folder / "draft.toml"), "draft.toml"),
    )


def sha256(folder: Path) -> str:
    """SHA-256 over every TOML file in order of path: path, NUL, bytes, NUL; as in generate_keys.py."""
    digest = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.toml")}
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path].read_bytes() + b"\0")
    return digest.hexdigest()


def _area_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.toml"))
    for file in files:
        if file.stem not in AREAS:
            raise LedgerError(f"{_place(file)}: no such area; name the file after one of {', '.join(AREAS)}")
    return files


def _entries(file: Path, table: str, kind: type[Entry], name: str, **known: str) -> Iterator[Entry]:
    """The entries of an array of tables; `known` fields come from the file's name, not from its text."""
    content = _table(file)
    place = _place(file)
    entries = content.pop(table, [])
    for unknown in content:
        raise LedgerError(f"{place}: unknown {visible(unknown)!r}; the file holds [[{table}]] entries only")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise LedgerError(f"{place}: {table} is not a list of entries; write [[{table}]] above each")
    for number, entry in enumerate(entries, 1):
        where = f"{place}: {table} {number}"
        if isinstance(entry.get(name), str):
            where += f" ({visible(entry[name], 100)})"
        for field in known.keys() & entry.keys():
            raise LedgerError(f"{where}: {field}: follows from the file's name; leave it out")
        yield _valid(kind, {**entry, **known}, where)


def _valid(kind: type[Entry], entry: dict[str, Any], where: str) -> Entry:
    """The entry as `kind`, checked as JSON: there lists become tuples while nothing else is converted."""
    try:
        checked: Entry = _ADAPTERS[kind].validate_json(json.dumps(_dates_as_text(entry)))
        return checked
    except ValidationError as problems:
        raise LedgerError(f"{where}: {first_problem(problems)}") from None
    except (TypeError, ValueError, RecursionError):
        raise LedgerError(f"{where}: holds a date, a time or a number that no field takes") from None


def _dates_as_text(entry: dict[str, Any]) -> dict[str, Any]:
    """Only `reviewed` is a date, and only a TOML date is taken for it; others stay and are refused."""
    reviewed = entry.get("reviewed")
    if type(reviewed) is datetime.date:
        return {**entry, "reviewed": reviewed.isoformat()}
    if reviewed is not None:
        return {**entry, "reviewed": {"not a date": str(reviewed)}}
    return entry


def _by(name: str, entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        key = str(getattr(entry, name))
        if key in found:
            raise LedgerError(f"{type(entry).__name__.lower()} {key} is there twice; each {name} stands once")
        found[key] = entry
    return found


def _table(file: Path) -> dict[str, Any]:
    place = _place(file)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise LedgerError(f"{place}: is larger than {LARGEST_FILE // 1024 // 1024} MB")
        return tomllib.loads(file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise LedgerError(f"{place}: no such file; a ledger has one") from None
    except OSError as problem:
        raise LedgerError(f"{place}: cannot be read: {visible(problem.strerror or str(problem))}") from None
    except UnicodeDecodeError as problem:
        raise LedgerError(f"{place}: byte {problem.start} is not UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise LedgerError(f"{place}: is not TOML: {visible(str(problem), 200)}") from None
    except RecursionError:
        raise LedgerError(f"{place}: is nested too deeply") from None
    except LedgerError:
        raise
    except ValueError as problem:
        raise LedgerError(f"{place}: is not TOML: {visible(str(problem), 200)}") from None


def _place(file: Path) -> str:
    """The file as the ledger's README names it: below its folder."""
    inner = file.parent.name in ("requirements", "deviations")
    return visible(f"{file.parent.name}/{file.name}" if inner else file.name)
