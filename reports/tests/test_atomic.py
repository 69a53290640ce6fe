"""Files are put in the place of files only."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.atomic import write_whole

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("through_link", [False, True], ids=["named", "linked"])
def test_a_pipe_is_refused_and_stays(tmp_path: Path, through_link: bool) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    path = target
    if through_link:
        path = tmp_path / "link"
        path.symlink_to(target)
    with pytest.raises(OSError, match="no regular file"):
        write_whole(path, b"new")
    assert stat.S_ISFIFO(target.lstat().st_mode)
    assert path.is_symlink() is through_link
    assert {file.name for file in tmp_path.iterdir()} <= {"pipe", "link"}


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no regular file"):
        write_whole(tmp_path, b"new")


@pytest.mark.parametrize("there", [True, False], ids=["there", "dangling"])
def test_a_link_stays_and_its_file_is_written(tmp_path: Path, there: bool) -> None:
    file = tmp_path / "kept" / "page.html"
    file.parent.mkdir()
    if there:
        file.write_text("old")
    link = tmp_path / "page.html"
    link.symlink_to("kept/page.html")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"new"]


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").is_symlink()
