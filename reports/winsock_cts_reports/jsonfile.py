"""JSON files at the boundary: whatever is wrong with one becomes a single line."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024


class FileError(ValueError):
    """A file that cannot be used; the message is one line: which file, what is wrong, what to do."""


class StrictModel(BaseModel):
    """Nothing is converted, nothing unknown is accepted, nothing changes later."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


Model = TypeVar("Model", bound=StrictModel)


def load(
    path: Path, model: type[Model], *, noun: str, schema: int, error: type[FileError], made_by: str = ""
) -> Model:
    """The file at `path` as `model`; every failure is one line of type `error`.

    `noun` names the kind of file in messages, `schema` is the only version that is read, `made_by` says how
    such a file comes to be.
    """
    try:
        content = _read(path)
        parsed = _parse(content)
        _check_schema(parsed, noun, schema)
        _check_kind(parsed, model, noun, made_by)
        return validate(content, model)
    except FileError as problem:
        raise error(f"{visible(str(path))}: {problem}") from None


def validate(content: bytes, model: type[Model]) -> Model:
    """`content` as `model`; FileError names the first field that does not fit."""
    try:
        return model.model_validate_json(content)
    except ValidationError as problems:
        raise FileError(first_problem(problems)) from None


def first_problem(problems: ValidationError) -> str:
    """The first thing that does not fit: the field's place and what is wrong with it."""
    first = problems.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    words = first["msg"].removeprefix("Value error, ")
    return visible(f"{place}: {words}" if place else words, 400)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(f"is larger than {LARGEST_FILE // 1024 // 1024} MB; no run makes such a file")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError("no such file") from None
    except (OSError, ValueError) as problem:
        if isinstance(problem, FileError):
            raise
        words = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise FileError(f"cannot be read: {visible(words, 200)}") from None


def _parse(content: bytes) -> object:
    if not content.strip():
        raise FileError("is empty")
    try:
        text = content.decode("utf-8")
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except UnicodeDecodeError as problem:
        raise FileError(f"is not JSON (byte {problem.start} is not UTF-8)") from None
    except json.JSONDecodeError as problem:
        if problem.msg.startswith("Unterminated string") or not text[problem.pos :].strip():
            raise FileError(f"is cut short (it ends after {len(content)} bytes inside a value)") from None
        raise FileError(f"is not JSON (line {problem.lineno}, column {problem.colno})") from None
    except RecursionError:
        raise FileError("is nested too deeply") from None
    except FileError:
        raise
    except ValueError:
        raise FileError("is not JSON (a number of thousands of digits)") from None


def _refuse_constant(name: str) -> NoReturn:
    raise FileError(f"holds {name}, which is not a number JSON knows")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise FileError(f"holds a number out of range ({visible(digits, 30)})")
    return number


def _check_kind(parsed: object, model: type[StrictModel], noun: str, made_by: str) -> None:
    """Another kind of file lacks most of the fields; a damaged one of this kind lacks few."""
    assert isinstance(parsed, dict)
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    if made_by and len(needed - set(parsed)) > len(needed) // 2:
        raise FileError(f"is no {noun} of this suite; {made_by}")


def _check_schema(parsed: object, noun: str, schema: int) -> None:
    if not isinstance(parsed, dict):
        raise FileError(f"is not a {noun} (no JSON object)")
    found = parsed.get("schema")
    if type(found) is not int:
        raise FileError(f"is not a {noun} (no schema number)")
    if found != schema:
        age, remedy = ("older", "run it again") if found < schema else ("newer", "update the suite")
        raise FileError(f"is a {noun} of the {age} schema {found}; this suite reads {schema}: {remedy}")
