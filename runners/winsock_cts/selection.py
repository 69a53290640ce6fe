"""The words after `./cts run`: names of targets, and pytest node ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from winsock_cts import targets
from winsock_cts.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from winsock_cts.project import Project
    from winsock_cts_reports.listing import Listing


def is_node(word: str) -> bool:
    """Whether it names a source, a folder of sources or a case, not a target."""
    return "::" in word or "/" in word or "\\" in word or word.endswith(".cpp")


def targets_of(nodes: Iterable[str]) -> list[str]:
    """The targets that node ids name in their brackets, each once."""
    found = [_target_of(node.rpartition("[")[2].rstrip("]")) for node in nodes if node.endswith("]")]
    return list(dict.fromkeys(found))


def _target_of(parameters: str) -> str:
    """The target's name, which may have a hyphen in it, before the hyphen and the case's own parameters."""
    fitting = [name for name in targets.known() if f"{parameters}-".startswith(f"{name}-")]
    return max(fitting, key=len, default=parameters.partition("-")[0])


def resolve(nodes: Sequence[str], project: Project, listing: Listing) -> list[str]:
    """Node ids with absolute paths, for paths below the current folder or the project's.

    InputError for a source or a case that is not there.
    """
    return [_resolve(node, project, listing) for node in nodes]


def _resolve(node: str, project: Project, listing: Listing) -> str:
    path, separator, name = node.partition("::")
    found = next((folder / path for folder in (Path.cwd(), project.root) if (folder / path).exists()), None)
    if found is None:
        raise InputError(f"no source of cases at {path} (in {node})")
    if separator:
        cases = {f"{case.suite}.{case.case}" for case in listing.cases}
        if name.partition("[")[0] not in cases:
            raise InputError(
                f"no case {name.partition('[')[0]} in {path}; `-k` finds cases by parts of their names"
            )
    return f"{found.resolve()}{separator}{name}"
