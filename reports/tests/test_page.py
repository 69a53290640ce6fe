"""The page as a file: whole or not there, asking for nothing, unharmed by hostile text."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.page import PageError, render, write_page
from winsock_cts_reports.view import build
from winsock_cts_reports.visible import visible

from .samples import ENABLES, Samples, observation, record, row

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = Samples()
HTML = render(build([SAMPLES.model, SAMPLES.wine], SAMPLES.ledger, SAMPLES.listing, SAMPLES.kills))


def test_page_loads_nothing() -> None:
    assert not re.search(r"\bsrc=|@import|url\(|<(iframe|object|embed|base|form action)", HTML)
    assert set(re.findall(r"<link [^>]*>", HTML)) == {'<link rel="icon" href="data:,">'}


def test_page_has_a_policy_that_names_its_style_and_script() -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', HTML)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_page_does_not_depend_on_when_it_is_written() -> None:
    again = render(build([SAMPLES.model, SAMPLES.wine], SAMPLES.ledger, SAMPLES.listing, SAMPLES.kills))
    assert again == HTML


def test_markup_in_a_record_stays_text() -> None:
    markup = "</script><script>alert(1)</script><!--"
    hostile = record(
        row(markup, markup, "deviates", observation(markup, "x"), evidence=(markup,)),
        target=markup,
        fingerprint={"system": markup, markup: markup},
    )
    html = render(build([hostile], SAMPLES.ledger, None, None))
    assert "<script>alert" not in html
    assert "<!--" not in html
    assert html.count("<script") == HTML.count("<script") == 2


def test_full_disk_keeps_the_old_page_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PageError, match=r"report\.html: not written: No space left on device$"):
        write_page([SAMPLES.wine], SAMPLES.ledger, None, None, path)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain äöü 日本 ± ×", "plain äöü 日本 ± ×"),
        ("a\tb", "a    b"),
        ("a\0b\nc", "a\\u0000b\\u000Ac"),
        ("\u202eevil\u2066", "\\u202Eevil\\u2066"),
        ("\ud800", "\\uD800"),
        ("a\xa0b", "a\\u00A0b"),
        ("\U000e0041", "\\U000E0041"),
        ("x" * 2001, "x" * 2000 + "… (1 more characters)"),
    ],
)
def test_text_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_lines_are_cut() -> None:
    long = record(row("A.B", ENABLES, "conforms", observation(1, 1), evidence=("x" * 1_000_000,)))
    assert len(render(build([long], SAMPLES.ledger, None, None))) < len(HTML) + 10_000
