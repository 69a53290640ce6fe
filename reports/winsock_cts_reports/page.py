"""report.html: the view put into one file that opens from disk and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from winsock_cts_reports.atomic import write_whole
from winsock_cts_reports.jsonfile import FileError
from winsock_cts_reports.record import VERDICTS
from winsock_cts_reports.view import as_data, build
from winsock_cts_reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from winsock_cts_reports.kill_table import KillTable
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.listing import Listing
    from winsock_cts_reports.record import RunRecord
    from winsock_cts_reports.view import View

PARTS = Path(__file__).with_name("page_parts")
SAFE_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class PageError(FileError):
    """The page could not be written, in one line; an older page is untouched."""


def write_page(
    records: Sequence[RunRecord],
    ledger: Ledger,
    listing: Listing | None,
    kills: KillTable | None,
    path: Path,
    has_test: Callable[[str], bool] = bool,
) -> None:
    """Lay the records side by side at `path`. PageError where the file cannot be written.

    `has_test` says whether a named test of the suite exists.
    """
    try:
        write_whole(path, render(build(records, ledger, listing, kills, has_test)).encode("utf-8"))
    except OSError as problem:
        words = problem.strerror or str(problem)
        raise PageError(f"{visible(str(path))}: not written: {visible(words, 200)}") from None


def render(view: View) -> str:
    """The page as HTML. All text in it that comes from files has been made visible and is escaped."""
    style, script = (_part(name) for name in ("page.css", "page.js"))
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data = as_data(view)
    return environment.get_template("page.html.jinja").render(
        view=data,
        verdicts=VERDICTS,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(_script_json(data)),
    )


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _script_json(data: object) -> str:
    """JSON that no HTML parser can mistake for the end of its element."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False).translate(SAFE_IN_SCRIPT)
