"""The results folder: which file a record goes to, and which records a page is made of."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from winsock_cts.errors import InputError
from winsock_cts_reports import record as records
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from winsock_cts_reports.record import RunRecord

PAGE = "report.html"
KILLS = "kills.json"


def make_folder(folder: Path) -> None:
    """Make sure that records can be put there; InputError where not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"cannot write results to {folder}: it is a file, not a folder") from None
    except OSError as problem:
        raise InputError(f"cannot write results to {folder}: {problem.strerror or problem}") from None


@contextmanager
def kept_if_used(folder: Path) -> Iterator[None]:
    """Make the folder, and take away again what was made for it where nothing was put there."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    make_folder(folder)
    try:
        yield
    finally:
        with suppress(OSError):  # it holds something
            for place in made:
                place.rmdir()


def record_file(record: RunRecord, folder: Path) -> Path:
    """`<target>.run.json`, but a partial or interrupted record never takes the place of a complete one.

    It then goes to `<target>.partial.run.json`. What cannot be read may be complete, and stays too. What is
    no file at all is not read, since it may never end.
    """
    file = folder / f"{record.target}.run.json"
    if record.complete or not file.is_file():
        return file
    try:
        replaceable = not records.load(file).complete
    except records.RecordError:
        replaceable = False
    return file if replaceable else folder / f"{record.target}.partial.run.json"


def save_record(record: RunRecord, folder: Path) -> Path:
    """Put the record into the folder; RecordError where that cannot be."""
    make_folder(folder)
    file = record_file(record, folder)
    records.save(record, file)
    return file


def other_records(folder: Path, written: list[Path]) -> tuple[list[RunRecord], list[str]]:
    """Complete records that earlier runs left beside those just written, and a line for each unusable one."""
    usable, problems = [], []
    written_targets = {path.name.partition(".")[0] for path in written}
    for file in sorted(folder.glob("*.run.json")):
        if file.name.partition(".")[0] in written_targets:
            continue
        if not file.is_file():
            problems.append(f"{visible(str(file))}: is no regular file")
            continue
        try:
            record = records.load(file)
        except records.RecordError as problem:
            problems.append(str(problem))
            continue
        if record.complete:
            usable.append(record)
    return usable, problems
