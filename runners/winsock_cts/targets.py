"""What a program can be run on: the model, Debian's Wine, this Windows."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from winsock_cts import wine
from winsock_cts.errors import InputError, TargetError
from winsock_cts.program import Launch
from winsock_cts.project import ON_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

INSTALL_32_BIT = "dpkg --add-architecture i386 && apt-get update && apt-get install wine64 wine32:i386"


class Target(ABC):
    """A named place to run on; `preset` builds its program, `surface` is what its rows stand under."""

    name: str
    what: str
    preset: str
    surface = "winsock"

    @abstractmethod
    def lacks(self) -> str | None:
        """In one line why it cannot be used on this machine; None where it can."""

    @abstractmethod
    def open(self, program: Path) -> AbstractContextManager[Launch]:
        """The target made ready for this program and left in order at the end; TargetError where it fails."""


class ModelTarget(Target):
    """The documents made executable; the program runs as any other on this machine."""

    name = "model"
    what = "the documents made executable, on this machine"
    preset = "native"

    def lacks(self) -> str | None:
        return "not yet built on Windows" if ON_WINDOWS else None

    @contextmanager
    def open(self, program: Path) -> Iterator[Launch]:
        yield Launch((str(_startable(program)),))


class WineTarget(Target):
    """The Windows program under this machine's Wine, in a prefix of its own."""

    name = "wine"
    what = "Wine of this machine, reporting Windows 10, in a prefix of its own"
    preset = "mingw-x64"
    prefix_kind: tuple[str, ...] = ()

    def lacks(self) -> str | None:
        return None if wine.find() else "no Wine here; install it: apt-get install wine64"

    @contextmanager
    def open(self, program: Path) -> Iterator[Launch]:
        installed, lacks = wine.find(), self.lacks()
        if installed is None or lacks:
            raise TargetError(f"{self.name}: {lacks}")
        if not program.is_file():
            raise InputError(f"no test program at {program}; build it: ./cts run {self.name}")
        folder = wine.prefix_folder(installed, *self.prefix_kind)
        with wine.Prefix(installed, folder).session() as environment:
            yield Launch(
                (str(installed.loader), wine.as_windows_path(program)),
                environment,
                wine.as_windows_path,
                wine.SYSTEM_PROCESSES,
            )


class WineX86Target(WineTarget):
    """The 32-bit Windows program under the same Wine, where that runs such programs."""

    name = "wine-x86"
    what = "as wine, with the 32-bit program"
    preset = "mingw-x86"
    prefix_kind = ("x86",)

    def lacks(self) -> str | None:
        installed = wine.find()
        if installed is not None and installed.runs_32_bit:
            return None
        return f"no Wine for 32-bit programs here; install it: {INSTALL_32_BIT}"


class WindowsTarget(Target):
    """This machine, where it runs Windows. Not yet run on Windows."""

    name = "windows"
    what = "this machine's Windows (not yet run)"
    preset = "msvc-x64"

    def lacks(self) -> str | None:
        return None if ON_WINDOWS else "this machine does not run Windows"

    @contextmanager
    def open(self, program: Path) -> Iterator[Launch]:
        yield Launch((str(_startable(program)),))


def known() -> Mapping[str, Target]:
    """All targets by name."""
    targets: tuple[Target, ...] = (ModelTarget(), WineTarget(), WineX86Target(), WindowsTarget())
    return {target.name: target for target in targets}


def default_names() -> tuple[str, ...]:
    """What is run where nothing is named; 32-bit programs only where there is a Wine for them."""
    if ON_WINDOWS:
        return ("windows",)
    return ("model", "wine") if WineX86Target().lacks() else ("model", "wine", "wine-x86")


def named(names: Iterable[str]) -> list[Target]:
    """The targets of these names, each once, in this order; InputError for an unknown name."""
    targets = known()
    for name in names:
        if name not in targets:
            raise InputError(f"unknown target {name!r}; there are {', '.join(targets)} (see ./cts targets)")
    return [targets[name] for name in dict.fromkeys(names)]


def _startable(program: Path) -> Path:
    if not program.is_file():
        raise InputError(f"no test program at {program}; build it: ./cts run")
    if not os.access(program, os.X_OK):
        raise InputError(f"the test program {program} is not executable; build it again: ./cts run")
    return program
