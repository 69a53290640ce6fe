"""Where the project keeps what the runner needs."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parents[2]
ON_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Project:
    """A checkout of the project at `root`."""

    root: Path = HERE

    @property
    def ledger(self) -> Path:
        """The folder of requirements and known deviations."""
        return self.root / "conformance" / "ledger"

    @property
    def listing_preset(self) -> str:
        """The build preset whose listing is used to collect cases: a program that runs on this machine."""
        return "msvc-x64" if ON_WINDOWS else "native"

    @property
    def listing(self) -> Path:
        """The list of cases that the build writes."""
        return self.build(self.listing_preset) / "cases.json"

    def build(self, preset: str) -> Path:
        """The build folder of a CMake preset."""
        return self.root / "build" / preset

    def program(self, preset: str) -> Path:
        """The test program that a CMake preset builds."""
        suffix = ".exe" if preset.startswith(("mingw", "msvc")) or ON_WINDOWS else ""
        return self.build(preset) / f"winsock-cts{suffix}"

    def has_test(self, node: str) -> bool:
        """Whether `folder/test_file.py::test_name` (or `::Class::test_name`) stands in the project.

        Of C++, `folder/file_test.cpp::Suite.Name`, a test of GoogleTest.
        """
        path, *names = node.split("::")
        try:
            text = (self.root / path).read_text(encoding="utf-8")
            if path.endswith(".cpp"):
                return _has_google_test(text, names)
            body = ast.parse(text).body
        except (OSError, SyntaxError, ValueError):
            return False
        for name in names:
            found = [
                child
                for child in body
                if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                and child.name == name.partition("[")[0]
            ]
            if not found:
                return False
            body = found[0].body
        return bool(names)


def _has_google_test(source: str, names: Sequence[str]) -> bool:
    suite, _, name = names[0].partition(".") if len(names) == 1 else ("", "", "")
    return bool(name) and bool(
        re.search(rf"\bTEST(_F|_P)?\({re.escape(suite)},\s*{re.escape(name)}\)", source)
    )
