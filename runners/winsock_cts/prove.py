"""Has the test program run all faults of the model and write its kill table."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from winsock_cts.errors import CtsError, InputError
from winsock_cts.program import Launch, RunningProgram
from winsock_cts_reports.atomic import place_of

if TYPE_CHECKING:
    from pathlib import Path

PROVE_SECONDS = 600.0


def write_kill_table(program: Path, table: Path, limit: float = PROVE_SECONDS) -> float:
    """Put the kill table at `table`; returns how many seconds the program took.

    InputError where the program cannot be started or something else than a file is at `table`, CtsError
    where it fails, writes nothing or does not end within `limit` seconds.
    """
    if not program.is_file():
        raise InputError(f"no test program at {program}; build it: ./cts run model")
    try:
        table.parent.mkdir(parents=True, exist_ok=True)
        place = place_of(table)
        place.unlink(missing_ok=True)
    except OSError as problem:
        raise InputError(f"cannot write to {table}: {problem.strerror or problem}") from None
    begun = time.monotonic()
    with RunningProgram(Launch((str(program),)), (f"--cts_prove={place}",), place.parent) as running:
        code = running.wait(limit)
        seconds = time.monotonic() - begun
        running.end()
        how = running.how_it_ended()
    if code is None:
        raise CtsError(f"the faults did not come to an end within {limit:g} s: {how}")
    if not place.is_file():
        raise CtsError(f"the program wrote no kill table: {how}")
    return seconds
