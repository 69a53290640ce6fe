"""A tiny project with a ledger, a listing and fake programs, made anew for each test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winsock_cts.batch import Batch, Limits
from winsock_cts.fold import Fold
from winsock_cts.program import Launch
from winsock_cts.project import Project
from winsock_cts_reports import ledger as ledgers
from winsock_cts_reports import listing as listings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from winsock_cts_reports.listing import ListedCase, Listing

FAKE_PROGRAM = Path(__file__).with_name("fake_program.py")
SOURCE_FILE = "conformance/so_keepalive/fake_test.cpp"

SOURCES = """
[[source]]
code = "S-WSK"
title = "SO_KEEPALIVE"
address = "https://example.org/so-keepalive"
kind = "document"
[[source]]
code = "S-SIO"
title = "SIO_KEEPALIVE_VALS"
address = "https://example.org/sio-keepalive-vals"
kind = "document"
"""
CONFLICTS = """
[[conflict]]
id = "DD-1"
matter = "which error short input gives"
"""
REQUIREMENT = """
[[requirement]]
key = "so-keepalive/fake/{name}"
row = "{row}"
statement = "What {name} says holds."
level = "{level}"
surfaces = {surfaces}
sources = [{{ code = "S-WSK", at = "Remarks" }}]
checked_by = "case"
"""
COMPARISON = """
[[requirement]]
key = "families/alike"
row = "FAKE-01"
statement = "Both families are alike."
level = "must"
surfaces = ["winsock"]
sources = [{ code = "S-WSK", at = "Remarks" }]
checked_by = "comparison"
compares = "families"
from = ["so-keepalive/*"]
"""
DEVIATION = """
[[deviation]]
cases = "{cases}"
surface = "winsock"
when = {{ system = "model" }}
observes = {{ result = "WSAEFAULT (10014)" }}
reason = "seen before"
source = "a measurement"
reviewed = 2026-01-02
"""


@dataclass
class FakeProject:
    """A project at `root` whose program is a copy of fake_program.py."""

    root: Path
    conflict_members: list[str] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return Project(self.root)

    @property
    def listing(self) -> Listing:
        return listings.load(self.project.listing)

    def write(
        self,
        *names: str,
        mode: str = "",
        known: Iterable[str] = (),
        conflict: Iterable[str] = (),
        compared: bool = False,
        surfaces: Iterable[str] = ("winsock",),
    ) -> None:
        """A ledger with one requirement for each `Fake.<Name>`, a listing and both programs.

        `known` are patterns of cases that are known to deviate, `conflict` names in conflict DD-1. Where
        `compared`, IPv4 and IPv6 have to be alike. `surfaces` are the requirements'; cases have winsock only.
        """
        self.write_ledger(names, known, conflict, surfaces)
        if compared:
            file = self.project.ledger / "requirements" / "families.toml"
            file.write_text(COMPARISON, encoding="utf-8")
        sha256 = ledgers.load(self.project.ledger).sha256
        source = self.root / SOURCE_FILE
        source.write_text("// cases\n" * 200, encoding="utf-8")
        self.project.listing.parent.mkdir(parents=True, exist_ok=True)
        listing = {"schema": 1, "ledger_sha256": sha256, "cases": [self._case(name) for name in names]}
        self.project.listing.write_text(json.dumps(listing), encoding="utf-8")
        for preset in ("native", "mingw-x64"):
            self.write_program(preset, names, sha256, mode)

    def write_ledger(
        self,
        names: Iterable[str],
        known: Iterable[str],
        conflict: Iterable[str],
        surfaces: Iterable[str] = ("winsock",),
    ) -> None:
        folder = self.project.ledger
        (folder / "requirements").mkdir(parents=True, exist_ok=True)
        (folder / "deviations").mkdir(exist_ok=True)
        (folder.parent / "so_keepalive").mkdir(exist_ok=True)
        (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
        (folder / "conflicts.toml").write_text(CONFLICTS, encoding="utf-8")
        (folder / "sentences.toml").write_text("", encoding="utf-8")
        kinds = list(dict.fromkeys(_kind(name) for name in names))
        (folder / "draft.toml").write_text(f"[groups]\nFAKE = {len(kinds)}\n", encoding="utf-8")
        text = ""
        for number, kind in enumerate(kinds, 1):
            level = "observation" if kind == "Records" else "must"
            text += REQUIREMENT.format(
                name=kind.lower(), row=f"FAKE-{number:02}", level=level, surfaces=json.dumps(list(surfaces))
            )
            if kind in conflict:
                text += 'conflict = { id = "DD-1", follows = "S-SIO" }\n'
        (folder / "requirements" / "so_keepalive.toml").write_text(text, encoding="utf-8")
        text = "".join(DEVIATION.format(cases=cases) for cases in known)
        (folder / "deviations" / "so_keepalive.toml").write_text(text, encoding="utf-8")

    def write_program(self, preset: str, names: Iterable[str], sha256: str, mode: str) -> Path:
        program = self.project.program(preset)
        program.parent.mkdir(parents=True, exist_ok=True)
        code = FAKE_PROGRAM.read_text(encoding="utf-8")
        code = code.replace('MODE = ""', f"MODE = {mode!r}").replace('LEDGER = ""', f"LEDGER = {sha256!r}")
        code = code.replace('json.loads("[]")', repr(list(names)))
        program.write_text(f"#!{sys.executable} -IS\n{code}", encoding="utf-8")
        program.chmod(0o755)
        return program

    def launch(self, **env: str) -> Launch:
        return Launch((str(self.project.program("native")),), {**os.environ, **env})

    def batch(self, limits: Limits | None = None) -> Batch:
        cases = self.listing.cases
        return Batch(Fold(cases, "winsock", self.listing.ledger_sha256), limits or Limits())

    def run(self, folder: Path, limits: Limits | None = None, **env: str) -> Batch:
        """A whole batch of all cases, its journal in `folder`."""
        batch = self.batch(limits)
        folder.mkdir(exist_ok=True)
        batch.run(self.launch(**env), folder)
        return batch

    def cts(
        self, *words: str | Path, cwd: Path | None = None, file_blocks: int = 0, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """`./cts WORDS` on this project, in a process of its own; by default in the folder beside it.

        No file can become larger than `file_blocks` blocks of 512 bytes: a disk that is full.
        """
        limit = ("sh", "-c", f'ulimit -f {file_blocks}; exec "$@"', "sh") if file_blocks else ()
        python = (sys.executable, "-B", "-m", "winsock_cts", "--root", self.root)
        return self._run(*limit, *python, *words, cwd=cwd, **env)

    def pytest(self, *words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
        """pytest as a user starts it, with the plugin, in the project's folder."""
        plugin = ("-p", "winsock_cts.plugin", "-p", "no:hypothesispytest", "--cts-root", self.root)
        return self._run(sys.executable, "-m", "pytest", *plugin, *words, cwd=self.root, **env)

    def start(self, *words: str | Path, **env: str) -> subprocess.Popen[str]:
        """As `cts`, but does not wait."""
        return subprocess.Popen(
            [sys.executable, "-m", "winsock_cts", "--root", str(self.root), *map(str, words)],
            cwd=self.root.parent,
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _run(self, *words: str | Path, cwd: Path | None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*map(str, words)],
            cwd=cwd or self.root.parent,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def _case(self, name: str) -> dict[str, object]:
        suite, _, rest = name.partition(".")
        case, _, param = rest.partition("/")
        return {
            "name": name,
            "suite": suite,
            "case": case,
            "param": param,
            "area": "so_keepalive",
            "file": SOURCE_FILE,
            "line": 3,
            "requirement": f"so-keepalive/fake/{case.lower()}",
            "links": [],
            "surfaces": ["winsock"],
            "judges": case != "Records",
            "isolated": False,
        }


def _kind(name: str) -> str:
    return name.partition(".")[2].partition("/")[0]


@pytest.fixture
def fake(tmp_path: Path) -> FakeProject:
    """A project folder; `write` fills it."""
    return FakeProject(tmp_path / "project")


@pytest.fixture
def case() -> ListedCase:
    """One listed case."""
    fields = FakeProject(Path())._case("Fake.Conforms")
    return listings.ListedCase.model_validate_json(json.dumps(fields))
