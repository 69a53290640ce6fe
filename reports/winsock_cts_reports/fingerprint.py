"""What a target was: fields of a run record's fingerprint, and conditions over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

SPECIFIER_STARTS = ("<", ">", "=", "!", "~")
LEADING_VERSION = re.compile(r"\d+(\.\d+)*")


def field(fingerprint: Mapping[str, object], path: str) -> object | None:
    """The field at a dotted path such as ``modules.ws2_32.dll`` (names may hold dots); None if absent."""
    if path in fingerprint:
        return fingerprint[path]
    for name, value in fingerprint.items():
        if path.startswith(f"{name}.") and isinstance(value, dict):
            found = field(value, path[len(name) + 1 :])
            if found is not None:
                return found
    return None


def holds(when: Mapping[str, object], fingerprint: Mapping[str, object]) -> bool:
    """Whether every condition is met; an absent field meets none.

    A condition is a value to equal or a version specifier (PEP 440) such as ``>=8,<9``.
    """
    return all(_meets(field(fingerprint, path), wanted) for path, wanted in when.items())


def _meets(found: object | None, wanted: object) -> bool:
    if isinstance(wanted, str) and wanted.startswith(SPECIFIER_STARTS):
        return _version_in(found, SpecifierSet(wanted))
    return type(found) is type(wanted) and found == wanted


def _version_in(found: object | None, wanted: SpecifierSet) -> bool:
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return False
    version = _version(str(found))
    return version is not None and wanted.contains(version, prereleases=True)


def _version(text: str) -> Version | None:
    """The version that `text` is or starts with, as in ``6.18.5-1-amd64``."""
    try:
        return Version(text)
    except InvalidVersion:
        leading = LEADING_VERSION.match(text)
        return Version(leading.group()) if leading else None
