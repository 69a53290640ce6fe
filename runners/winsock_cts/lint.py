"""Rules of this project for its C++ sources that no common tool knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from winsock_cts.project import Project

FOLDERS = ("conformance", "fixtures")
SUFFIXES = (".cpp", ".h", ".hpp", ".c")

BARE_ASSERTION = re.compile(r"\b(?:EXPECT|ASSERT)_[A-Z]+\s*\(")
SYSTEM_SOCKETS = re.compile(
    r"#\s*include\s*<(?:winsock2?|ws2tcpip|ws2def|ws2ipdef|ws2spi|mswsock|mstcpip|wsk|"
    r"sys/socket|netinet/\w+|arpa/inet|netdb)\.h>",
    re.IGNORECASE,
)
SHARED_VARIABLE = re.compile(r"^\s*(?:inline\s+)?static\s+(?!const\b|constexpr\b)[^()]*[{=;]")
ADAPTERS = ("fixtures/api/winsock/", "fixtures/api/spi/", "fixtures/api/wsk/")


def sources(project: Project) -> list[Path]:
    """The project's own C and C++ files, without the tools' tests' build folders."""
    return sorted(
        path
        for folder in FOLDERS
        for path in (project.root / folder).rglob("*")
        if path.suffix in SUFFIXES and path.is_file()
    )


def problems(project: Project) -> list[str]:
    """One line for each breach: where it is and what to do instead."""
    found = []
    for path in sources(project):
        name = path.relative_to(project.root).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}:{line}: {words}" for line, words in breaches(name, text)]
    return found


def breaches(name: str, text: str) -> Iterator[tuple[int, str]]:
    """The breaches of one source, `name` being its path in the project: line number and words."""
    is_case = name.startswith("conformance/") and name.endswith("_test.cpp")
    for number, line in enumerate(text.splitlines(), 1):
        code = line.partition("//")[0]
        if is_case and BARE_ASSERTION.search(code):
            yield number, "a bare GoogleTest assertion binds no requirement; use Expect, Record or Given"
        if is_case and SHARED_VARIABLE.search(code):
            yield number, "the proof runs cases on several threads at once; use a local or a thread_local"
        if SYSTEM_SOCKETS.search(code) and not name.startswith(ADAPTERS):
            yield (
                number,
                "system socket headers belong in adapters (fixtures/api/winsock); use fixtures/api/abi.h",
            )
