"""Small pieces of English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def counted(count: int, one: str, many: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count} {one if count == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; nothing for nothing."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
