"""Wine with a prefix of its own: never ~/.wine, never the user's WINEPREFIX, never a display."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock, Timeout

from winsock_cts import display
from winsock_cts.errors import TargetError
from winsock_cts.program import plain_environment
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM_PROCESSES = frozenset(
    {
        "wineserver",
        "wineserver64",
        "services.exe",
        "winedevice.exe",
        "plugplay.exe",
        "svchost.exe",
        "rpcss.exe",
        "explorer.exe",
        "conhost.exe",
        "start.exe",
    }
)
"""Processes that belong to the prefix, not to the program that happened to start first."""

OVERRIDES = "winedbg.exe=d;winemenubuilder.exe=d;mscoree,mshtml="
"""No debugger (it costs 0.3 s a crash), no menu entries on the user's desktop, no questions about add-ons."""

REPORTED_VERSION = "win10"
CREATE_SECONDS = 180.0
COMMAND_SECONDS = 60.0
SERVER_END_SECONDS = 30.0
LOCK_SECONDS = 600.0
READY = "winsock-cts-ready"
FOLDER_VARIABLE = "WINSOCK_CTS_WINE"
DEBIAN_FOLDER = Path("/usr/lib/wine")
LIBRARIES = ("lib/wine", "lib64/wine", "lib/x86_64-linux-gnu/wine")
ELF_OF_32_BITS = b"\x7fELF\x01"


@dataclass(frozen=True)
class Installation:
    """A Wine: the loader of 64-bit programs and its server."""

    loader: Path
    server: Path

    @cached_property
    def version(self) -> str:
        """As the loader says it, such as `wine-8.0 (Debian 8.0~repack-4)`."""
        try:
            done = subprocess.run(
                [self.loader, "--version"],
                capture_output=True,
                check=True,
                timeout=COMMAND_SECONDS,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise TargetError(f"wine: {self.loader} does not start ({visible(str(problem), 200)})") from None
        return done.stdout.decode("utf-8", "replace").strip()

    @property
    def runs_32_bit(self) -> bool:
        """Whether it starts 32-bit programs, too; nothing is started to find out.

        Either there is a 32-bit loader, which this one hands them to, or it runs them by itself (Wine's new
        WoW64) and has the 32-bit DLLs beside the others.
        """
        folder = self.loader.resolve().parent
        libraries = (root / name for root in (folder.parent, folder.parent.parent) for name in LIBRARIES)
        return _is_32_bit(folder / "wine") or any(_has_dlls_of_both(library) for library in libraries)


def find() -> Installation | None:
    """The Wine of the folder in WINSOCK_CTS_WINE, else Debian's, else the one on PATH; None without any."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else DEBIAN_FOLDER
    inside = Installation(folder / "wine64", folder / "wineserver64")
    if inside.loader.is_file() and inside.server.is_file():
        return inside
    loader, server = _on_path("wine64", "wine"), _on_path("wineserver64", "wineserver")
    return Installation(loader, server) if loader and server and not named else None


def _on_path(*names: str) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _is_32_bit(loader: Path) -> bool:
    try:
        with loader.open("rb") as file:
            return file.read(len(ELF_OF_32_BITS)) == ELF_OF_32_BITS
    except OSError:
        return False


def _has_dlls_of_both(library: Path) -> bool:
    return all((library / name / "ntdll.dll").is_file() for name in ("i386-windows", "x86_64-windows"))


def prefix_folder(installed: Installation, *kind: str) -> Path:
    """One prefix for each version of Wine and each kind of program, in the user's cache.

    One that was made without 32-bit DLLs does not get them later.
    """
    version = re.sub(r"[^A-Za-z0-9.]+", "-", installed.version).strip("-")
    name = "-".join((version, REPORTED_VERSION, *kind))
    return platformdirs.user_cache_path("winsock-cts") / "wine" / name


def as_windows_path(path: Path) -> str:
    """A path of this machine as programs under Wine see it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


@dataclass(frozen=True)
class Prefix:
    """A Wine prefix at `folder`, made on first use."""

    installed: Installation
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What every process in the prefix is started with."""
        kept = {
            name: value
            for name, value in plain_environment().items()
            if not name.startswith("WINE") and name not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        return kept | {
            "WINEPREFIX": str(self.folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "WINESERVER": str(self.installed.server),
        }

    @contextmanager
    def session(self) -> Iterator[dict[str, str]]:
        """The environment for programs in the prefix, one session at a time; after it the server is gone."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder.with_name(self.folder.name + ".lock"))
            self._take(lock)
        except Timeout:
            words = f"another run has kept {self.folder} for {LOCK_SECONDS:g} s"
            raise TargetError(f"wine: {words}; wait for it, or end it") from None
        except OSError as problem:
            words = f"{problem.filename or self.folder}: {problem.strerror or problem}"
            raise TargetError(f"wine: cannot keep a prefix in the user's cache: {words}") from None
        try:
            if not self._is_ready():
                self._make()
            self._wine("cmd", "/c", "exit", seconds=COMMAND_SECONDS)
            try:
                yield self.environment
            finally:
                self._end_server()
        finally:
            lock.release()

    def _take(self, lock: FileLock) -> None:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            display.say("wine: another run is in the prefix; waits for it to end")
            lock.acquire(timeout=LOCK_SECONDS)

    def _is_ready(self) -> bool:
        return (self.folder / READY).is_file() and (self.folder / "system.reg").is_file()

    def _make(self) -> None:
        """From nothing: what an interrupted attempt left behind is removed first."""
        if self.folder.exists():
            self._server("-k")
            shutil.rmtree(self.folder, ignore_errors=True)
        display.say(f"wine: makes the prefix {self.folder.name}, once")
        self.folder.mkdir()
        self._wine("wineboot", "--init", seconds=CREATE_SECONDS)
        self._wine(
            *("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", REPORTED_VERSION, "/f"),
            seconds=COMMAND_SECONDS,
        )
        self._end_server()
        (self.folder / READY).write_text(self.installed.version + "\n", encoding="utf-8")

    def _wine(self, *words: str, seconds: float) -> None:
        try:
            done = subprocess.run(
                [self.installed.loader, *words],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            self._server("-k")
            raise TargetError(f"wine: `{' '.join(words)}` did not end within {seconds:g} s") from None
        except OSError as problem:
            raise TargetError(f"wine: {self.installed.loader}: {problem.strerror or problem}") from None
        if done.returncode:
            raise TargetError(
                f"wine: `{' '.join(words)}` failed with status {done.returncode} in {self.folder};"
                " try it by hand, or remove that folder"
            )

    def _end_server(self) -> None:
        if not self._server("-w"):
            self._server("-k")

    def _server(self, option: str) -> bool:
        """Tell this prefix's own server; whether it did so in time."""
        try:
            subprocess.run(
                [self.installed.server, option],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SERVER_END_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return True
