"""Text of unknown origin made safe to look at: one line, nothing invisible, nothing endless."""

from __future__ import annotations

import unicodedata

HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = 2000) -> str:
    """Text in which control, format (bidi) and unassigned characters show as ``\\u202E`` escapes.

    A tab becomes spaces; what goes beyond `limit` characters is cut, and the cut says how much is gone.
    """
    kept = text if len(text) <= limit else text[:limit]
    shown = kept if kept.isascii() and kept.isprintable() else "".join(map(_visible_character, kept))
    cut = len(text) - len(kept)
    return f"{shown}… ({cut} more characters)" if cut else shown


def _visible_character(character: str) -> str:
    if character == "\t":
        return "    "
    if unicodedata.category(character) not in HIDDEN_CATEGORIES:
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
