"""Wine's prefix, with a stand-in for Wine that writes down how it was called; and once with the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from winsock_cts import wine
from winsock_cts.errors import TargetError
from winsock_cts.wine import Installation, Prefix, as_windows_path

FAKE_LOADER = """#!/bin/sh
echo "wine $*" >>"{log}"
env | sort >"{log}.env"
[ "$1" != "{fails}" ] || exit 9
[ "$1" != wineboot ] || touch "$WINEPREFIX/system.reg"
[ "$1" != --version ] || echo "wine-8.0 (Debian 8.0~repack-4)"
"""
FAKE_SERVER = """#!/bin/sh
echo "server $* $WINEPREFIX" >>"{log}"
"""


class FakeWine:
    """A Wine in `folder` whose calls stand in `calls`."""

    def __init__(self, folder: Path, fails: str = "nothing") -> None:
        self.log = folder / "log"
        self.installed = Installation(folder / "wine64", folder / "wineserver64")
        self.write(self.installed.loader, FAKE_LOADER.format(log=self.log, fails=fails))
        self.write(self.installed.server, FAKE_SERVER.format(log=self.log))
        self.prefix = Prefix(self.installed, folder / "prefix")

    def write(self, path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        lines = self.log.read_text().splitlines()
        self.log.write_text("")
        return [line.removesuffix(f" {self.prefix.folder}") for line in lines]


MAKING = [
    "wine wineboot --init",
    r"wine reg add HKCU\Software\Wine /v Version /d win10 /f",
    "server -w",
    "wine --version",
]
USING = ["wine cmd /c exit", "server -w"]


def test_a_prefix_is_made_once(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path)
    with fake.prefix.session():
        pass
    assert fake.calls == [*MAKING, *USING]
    with fake.prefix.session():
        pass
    assert fake.calls == USING


def test_a_half_made_prefix_is_made_anew(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path)
    (fake.prefix.folder / "drive_c").mkdir(parents=True)
    (fake.prefix.folder / "system.reg").touch()
    with fake.prefix.session():
        assert not (fake.prefix.folder / "drive_c").exists()
    assert fake.calls[0] == "server -k"


def test_a_prefix_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path, fails="wineboot")
    with (
        pytest.raises(TargetError, match=r"^wine: `wineboot --init` failed with status 9"),
        fake.prefix.session(),
    ):
        pytest.fail("there is no prefix")
    assert not (fake.prefix.folder / wine.READY).exists()


def test_the_server_is_waited_for_after_a_failure_too(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path)
    with pytest.raises(ZeroDivisionError), fake.prefix.session():
        raise ZeroDivisionError
    assert fake.calls[-1] == "server -w"


def test_a_server_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeWine(tmp_path)
    monkeypatch.setattr(wine, "SERVER_END_SECONDS", 0.2)
    fake.write(
        fake.installed.server,
        f'#!/bin/sh\necho "server $*" >>"{fake.log}"\n[ "$1" = -k ] || exec sleep 1000\n',
    )
    with fake.prefix.session():
        pass
    assert fake.calls[-2:] == ["server -w", "server -k"]


def test_the_users_wine_and_display_stay_out_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINEPREFIX", str(tmp_path / "users"))
    monkeypatch.setenv("WINEDLLPATH", "elsewhere")
    monkeypatch.setenv("DISPLAY", ":7")
    fake = FakeWine(tmp_path)
    with fake.prefix.session() as environment:
        assert environment["WINEPREFIX"] == str(tmp_path / "prefix")
    seen = fake.log.with_name("log.env").read_text()
    assert f"WINEPREFIX={tmp_path / 'prefix'}" in seen
    assert "WINEDEBUG=-all" in seen
    assert "winedbg.exe=d" in seen
    assert "DISPLAY" not in seen
    assert "WINEDLLPATH" not in seen
    assert not (tmp_path / "users").exists()


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path)
    (tmp_path / "file").touch()
    prefix = Prefix(fake.installed, tmp_path / "file" / "prefix")
    with pytest.raises(TargetError, match=r"^wine: cannot keep a prefix"), prefix.session():
        pytest.fail("there is no prefix")


def test_a_prefix_in_use_is_waited_for_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeWine(tmp_path)
    monkeypatch.setattr(wine, "LOCK_SECONDS", 0.1)
    with (
        fake.prefix.session(),
        pytest.raises(TargetError, match=r"^wine: another run has kept"),
        Prefix(fake.installed, fake.prefix.folder).session(),
    ):
        pytest.fail("the prefix is in use")


def test_the_prefix_is_one_for_each_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    installed = FakeWine(tmp_path).installed
    folder = wine.prefix_folder(installed)
    assert folder == tmp_path / "cache" / "winsock-cts" / "wine" / "wine-8.0-Debian-8.0-repack-4-win10"
    assert wine.prefix_folder(installed, "x86") == folder.with_name(f"{folder.name}-x86")


def test_a_path_as_windows_programs_see_it() -> None:
    assert as_windows_path(Path("/a b/c.exe")) == r"Z:\a b\c.exe"


@pytest.mark.parametrize(("folder", "found"), [("here", True), ("nowhere", False)])
def test_the_named_folder_is_where_wine_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, found: bool
) -> None:
    (tmp_path / "here").mkdir()
    FakeWine(tmp_path / "here")
    monkeypatch.setenv(wine.FOLDER_VARIABLE, str(tmp_path / folder))
    assert (wine.find() is not None) is found


def files(root: Path, *names: str, content: bytes = b"") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


class TestA32BitWine:
    """In trees of files laid out as packages lay them out."""

    @pytest.fixture(params=["lib/wine", "opt/wine/bin"])
    def installed(self, request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
        folder = tmp_path / str(request.param)
        files(folder, "wine64", "wineserver64")
        return Installation(folder / "wine64", folder / "wineserver64")

    def test_has_a_loader_of_its_own(self, installed: Installation) -> None:
        files(installed.loader.parent, "wine", content=b"\x7fELF\x01\x01")
        assert installed.runs_32_bit

    @pytest.mark.parametrize("content", [b"", b"#!/bin/sh\n", b"\x7fELF\x02\x01"])
    def test_is_not_a_script_or_another_64_bit_loader(self, installed: Installation, content: bytes) -> None:
        files(installed.loader.parent, "wine", content=content)
        assert not installed.runs_32_bit

    @pytest.mark.parametrize("libraries", ["lib/wine", "lib64/wine", "lib/x86_64-linux-gnu/wine"])
    def test_or_the_dlls_beside_those_of_64_bits(self, tmp_path: Path, libraries: str) -> None:
        """As Debian's Wine 10: reached through a link, and the same file under two names."""
        files(tmp_path, "usr/bin/wine64-stable", "usr/bin/wineserver-stable")
        (tmp_path / "usr/bin/wine64").symlink_to("wine64-stable")
        installed = Installation(tmp_path / "usr/bin/wine64", tmp_path / "usr/bin/wineserver-stable")
        files(tmp_path / "usr" / libraries, "i386-windows/ntdll.dll")
        assert not installed.runs_32_bit
        files(tmp_path / "usr" / libraries, "x86_64-windows/ntdll.dll")
        assert installed.runs_32_bit

    def test_is_not_the_other_architectures_dlls_alone(self, tmp_path: Path) -> None:
        """As Debian 12 with libwine of both architectures but without wine32."""
        files(tmp_path, "usr/lib/wine/wine64", "usr/lib/wine/wineserver64")
        files(tmp_path, "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ntdll.dll")
        files(tmp_path, "usr/lib/i386-linux-gnu/wine/i386-windows/ntdll.dll")
        folder = tmp_path / "usr/lib/wine"
        assert not Installation(folder / "wine64", folder / "wineserver64").runs_32_bit


@pytest.mark.wine
@pytest.mark.skipif(wine.find() is None, reason="no Wine here")
def test_the_real_wine_reports_windows_10_without_display_or_prefix_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the prefix that runs use, made here where it is not there yet."""
    monkeypatch.setenv("WINEPREFIX", str(tmp_path / "users"))
    monkeypatch.delenv("DISPLAY", raising=False)
    installed = wine.find()
    assert installed is not None
    with Prefix(installed, wine.prefix_folder(installed)).session() as environment:
        done = subprocess.run(
            [installed.loader, "cmd", "/c", "ver"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    assert "10.0." in done.stdout
    assert not (tmp_path / "users").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache_is_one_line(tmp_path: Path) -> None:
    fake = FakeWine(tmp_path)
    (tmp_path / "cache").mkdir(mode=0o500)
    prefix = Prefix(fake.installed, tmp_path / "cache" / "wine" / "prefix")
    with pytest.raises(TargetError, match="Permission denied"), prefix.session():
        pytest.fail("there is no prefix")
    shutil.rmtree(tmp_path / "cache")
