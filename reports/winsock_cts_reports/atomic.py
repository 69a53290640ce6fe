"""Files that are either whole or not there."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path


def place_of(path: Path) -> Path:
    """Where a file is put in order to stand at `path`: what a symbolic link there points to, else `path`.

    OSError where something else than a regular file is there: a device, a pipe or a folder is not replaced.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    if not stat.S_ISREG(mode):
        raise OSError(errno.EEXIST, "what is there is no regular file; name another")
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step.

    On OSError (a full disk, a missing folder, a device at `path`) and on an interruption the old file stays
    as it was and no temporary file is left behind.
    """
    place = place_of(path)
    temporary = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
