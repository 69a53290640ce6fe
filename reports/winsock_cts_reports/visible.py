"""Text of unknown origin made safe to look at: one line, nothing invisible, nothing endless."""

from __future__ import annotations


def visible(text: str, limit: int = 2000) -> str:
    """Text in which control, format (bidi), unassigned and odd space characters show as ``\\u202E`` escapes.

    A tab becomes spaces; what goes beyond `limit` characters is cut, and the cut says how much is gone.
    """
    kept = text[:limit]
    shown = kept if kept.isprintable() else "".join(map(_visible_character, kept))
    cut = len(text) - len(kept)
    return f"{shown}… ({cut} more characters)" if cut else shown


def _visible_character(character: str) -> str:
    if character.isprintable():
        return character
    if character == "\t":
        return "    "
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
