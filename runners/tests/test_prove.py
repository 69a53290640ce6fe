"""Writing the kill table: the program's failures are one line."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from winsock_cts.errors import CtsError, InputError
from winsock_cts.prove import write_kill_table

if TYPE_CHECKING:
    from pathlib import Path


def program(folder: Path, body: str) -> Path:
    path = folder / "winsock-cts"
    path.write_text(
        f"#!{sys.executable} -IS\nimport signal, sys\nfile = sys.argv[1].partition('=')[2]\n{body}\n"
    )
    path.chmod(0o755)
    return path


def test_the_table_is_written(tmp_path: Path) -> None:
    table = tmp_path / "results" / "kills.json"
    write_kill_table(program(tmp_path, "open(file, 'w').write('{}')"), table)
    assert table.read_text() == "{}"


def test_an_old_table_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    table = tmp_path / "kills.json"
    table.write_text("old")
    with pytest.raises(CtsError, match="wrote no kill table: exit status 3: no such fault"):
        write_kill_table(program(tmp_path, "sys.exit(print('no such fault') or 3)"), table)
    assert not table.exists()


def test_something_else_than_a_file_stays(tmp_path: Path) -> None:
    table = tmp_path / "kills.json"
    os.mkfifo(table)
    with pytest.raises(InputError, match=r"cannot write to .*kills\.json: what is there is no regular file"):
        write_kill_table(program(tmp_path, "open(file, 'w').write('{}')"), table)
    assert stat.S_ISFIFO(table.lstat().st_mode)


def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    table = tmp_path / "kills.json"
    table.symlink_to("kept.json")
    write_kill_table(program(tmp_path, "open(file, 'w').write('{}')"), table)
    assert table.is_symlink()
    assert (tmp_path / "kept.json").read_text() == "{}"


def test_a_program_that_never_ends_is_ended(tmp_path: Path) -> None:
    with pytest.raises(CtsError, match=r"within 0\.2 s"):
        write_kill_table(program(tmp_path, "signal.pause()"), tmp_path / "kills.json", limit=0.2)


def test_a_missing_program_is_wrong_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no test program"):
        write_kill_table(tmp_path / "nowhere", tmp_path / "kills.json")
