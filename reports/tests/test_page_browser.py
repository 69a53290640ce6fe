"""The page in a browser: opened from disk, used by mouse and by keyboard, fed with hostile text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from winsock_cts_reports.page import write_page

from .samples import (
    ENABLES,
    FAULT_CODE,
    INVALID_CODE,
    NOTES_CATALOG,
    PERMISSION,
    PROBES,
    RAW,
    READS_LENGTH,
    SHORT_BY_CALL,
    SHORT_BY_PAGE,
    Samples,
    observation,
    record,
    row,
)
from .test_families import ALIKE, LENGTHS_APART, ONE_ENABLES, ledger_that_compares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Dialog, Locator, Page

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = (1280, 900)
NARROW = (400, 860)
SAMPLES = Samples()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there; install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page([SAMPLES.model, SAMPLES.wine], SAMPLES.ledger, SAMPLES.listing, SAMPLES.kills, path)
    return path


@dataclass
class Opened:
    """A page with everything that it said or asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def row(self, key: str) -> Locator:
        """The row of a requirement, found by its statement."""
        statement = SAMPLES.ledger.requirements[key].statement
        return self.page.locator("tr.requirement", has_text=statement)

    def opener(self, key: str) -> Locator:
        return self.row(key).get_by_role("button")

    def detail(self, key: str) -> Locator:
        return self.page.get_by_role("region", name=f"Details of {key}")

    def shown(self) -> int:
        return self.page.locator("tr.requirement:visible").count()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def open_it(
        path: Path, size: tuple[int, int] = WIDE, fragment: str = "", scheme: str = "light"
    ) -> Opened:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.page.on("dialog", opened.refuse)
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        return opened

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def opened(open_page: Callable[..., Opened], report: Path) -> Iterator[Opened]:
    opened = open_page(report)
    yield opened
    assert opened.said == []
    assert opened.asked == [report.as_uri()]


def test_page_shows_every_target_with_its_verdicts(opened: Opened) -> None:
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("2 unexpected cases on wine")
    heads = opened.page.locator("#matrix > thead th").all_inner_texts()
    assert [head.split("\n")[0] for head in heads] == ["Requirement", "Level", "model", "wine"]
    model, wine = opened.row(READS_LENGTH).locator("td.cell").all()
    expect(model).to_have_text("conforms")
    expect(wine).to_contain_text("length 1")
    expect(wine).to_contain_text("unexpected")
    assert wine.locator("svg use").get_attribute("href") == "#sign-deviates"
    expect(opened.row(SHORT_BY_PAGE).locator("td.cell").nth(1)).to_contain_text(f"{FAULT_CODE}conflict")


def test_only_tested_rows_are_shown_at_first(opened: Opened) -> None:
    assert opened.shown() == 10
    expect(opened.page.locator("#shown")).to_have_text("10 of 12 requirements; 2 more are not tested")
    expect(opened.row(NOTES_CATALOG).locator("td.cell")).to_have_text("checked by a test of the suite")
    opened.page.get_by_label("Only tested rows").uncheck()
    assert opened.shown() == 12
    expect(opened.page.locator("#shown")).to_have_text("12 of 12 requirements")


def test_untested_requirements_never_look_as_if_they_passed(opened: Opened) -> None:
    opened.page.get_by_label("Only tested rows").uncheck()
    expect(opened.row(PROBES).locator("td.cell")).to_have_text("not tested yet")
    expect(opened.row(PERMISSION).locator("td.cell")).to_have_text("untestable")
    assert opened.row(PROBES).locator(".sign").count() == 0


def test_only_differing_rows(opened: Opened) -> None:
    opened.page.get_by_label("Only differing rows").check()
    expect(opened.row(ENABLES)).to_be_hidden()
    expect(opened.row(RAW)).to_be_visible()
    assert opened.shown() == 8


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("unexpected", [READS_LENGTH]),
        ("wsaefault structure", [SHORT_BY_PAGE, SHORT_BY_CALL]),
        ("IN-03", [SHORT_BY_PAGE]),
        ("observation", [RAW]),
        ("raw 10022", [RAW]),
        ("nothing like this", []),
    ],
)
def test_filter_takes_all_words(opened: Opened, words: str, keys: list[str]) -> None:
    opened.page.get_by_role("searchbox").fill(words)
    for key in keys:
        expect(opened.row(key)).to_be_visible()
    assert opened.shown() == len(keys)
    assert opened.page.locator("#nothing").is_visible() is not bool(keys)


def test_click_opens_and_closes_the_detail(opened: Opened) -> None:
    opened.row(SHORT_BY_PAGE).locator("td.cell").first.click()
    detail = opened.detail(SHORT_BY_PAGE)
    expect(opened.opener(SHORT_BY_PAGE)).to_have_attribute("aria-expanded", "true")
    expect(detail).to_contain_text(SHORT_BY_PAGE)
    expect(detail).to_contain_text("IN-03")
    expect(detail).to_contain_text("from Windows 2000")
    expect(detail.get_by_role("link", name="SIO_KEEPALIVE_VALS, older page")).to_have_attribute(
        "href", "https://learn.microsoft.com/previous-versions/dd877220"
    )
    expect(detail).to_contain_text("input-short-buffer-page-broken")
    expect(detail).to_contain_text("conformance/sio_keepalive_vals/sample_test.cpp:13")
    expect(detail.get_by_role("row", name="ShortInput.IsRefusedAsThePageSays/tcp4-11")).to_contain_text(
        f"result: {INVALID_CODE}"
    )
    expect(detail.locator("pre").first).to_contain_text("WSAIoctl(s, SIO_KEEPALIVE_VALS, &in, 11,")
    opened.row(SHORT_BY_PAGE).locator("td.cell").first.click()
    expect(detail).to_be_hidden()
    expect(opened.opener(SHORT_BY_PAGE)).to_have_attribute("aria-expanded", "false")


def test_keyboard_walks_opens_and_closes(opened: Opened) -> None:
    press = opened.page.keyboard.press
    opened.opener(ENABLES).focus()
    press("ArrowDown")
    expect(opened.opener(READS_LENGTH)).to_be_focused()
    press("Enter")
    expect(opened.detail(READS_LENGTH)).to_be_visible()
    press("Tab")
    press("Escape")
    expect(opened.detail(READS_LENGTH)).to_be_hidden()
    expect(opened.opener(READS_LENGTH)).to_be_focused()
    press("ArrowUp")
    expect(opened.opener(ENABLES)).to_be_focused()
    press("End")
    press("Home")
    expect(opened.opener(ENABLES)).to_be_focused()
    press("/")
    expect(opened.page.get_by_role("searchbox")).to_be_focused()
    press("/")
    expect(opened.page.get_by_role("searchbox")).to_have_value("/")


def test_arrows_pass_over_filtered_rows(opened: Opened) -> None:
    opened.page.get_by_label("Only differing rows").check()
    opened.opener(READS_LENGTH).focus()
    opened.page.keyboard.press("ArrowUp")
    expect(opened.opener(READS_LENGTH)).to_be_focused()


def test_detail_hides_with_its_row(opened: Opened) -> None:
    opened.opener(ENABLES).click()
    opened.page.get_by_role("searchbox").fill("unexpected")
    expect(opened.detail(ENABLES)).to_be_hidden()
    opened.page.get_by_role("searchbox").fill("")
    expect(opened.detail(ENABLES)).to_be_visible()


def test_overview_leads_to_the_row(opened: Opened) -> None:
    opened.page.get_by_role("searchbox").fill("no such row")
    opened.page.get_by_role("link", name=READS_LENGTH).click()
    expect(opened.detail(READS_LENGTH)).to_be_visible()
    expect(opened.opener(READS_LENGTH)).to_be_focused()


def test_overview_leads_to_an_untested_row(opened: Opened) -> None:
    opened.page.get_by_role("heading", name="Not tested yet").click()
    opened.page.get_by_role("link", name=PROBES).click()
    expect(opened.detail(PROBES)).to_contain_text("No case checks this yet.")


def test_conflict_leads_to_the_other_claim(opened: Opened) -> None:
    opened.opener(SHORT_BY_PAGE).click()
    opened.detail(SHORT_BY_PAGE).get_by_role("link", name=SHORT_BY_CALL).click()
    expect(opened.detail(SHORT_BY_CALL)).to_be_visible()


def test_fragment_opens_its_row(open_page: Callable[..., Opened], report: Path) -> None:
    opened = open_page(report, fragment=READS_LENGTH)
    expect(opened.detail(READS_LENGTH)).to_be_visible()


def test_broken_fragment_is_ignored(open_page: Callable[..., Opened], report: Path) -> None:
    opened = open_page(report, fragment="%E0%A4")
    assert opened.shown() == 10
    assert opened.said == []


def test_detail_says_what_was_compared(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page([record(*ONE_ENABLES, *LENGTHS_APART)], ledger_that_compares(), None, None, path)
    opened = open_page(path, fragment=ALIKE)
    expect(opened.page.locator("tr.requirement.open")).to_contain_text("1 of 2 pairs differs")
    detail = opened.detail(ALIKE)
    expect(detail).to_contain_text("1 of 2 pairs differs")
    expect(detail).to_contain_text("GetOption.Length/tcp4 against tcp6: deviates against conforms")


def test_skip_link_comes_first(opened: Opened) -> None:
    opened.page.keyboard.press("Tab")
    link = opened.page.get_by_role("link", name="Skip to the requirements")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


def test_table_is_a_table_to_a_screen_reader(open_page: Callable[..., Opened], report: Path) -> None:
    for size in (WIDE, NARROW):
        opened = open_page(report, size)
        table = opened.page.get_by_role("table", name="Requirements by target")
        expect(table.get_by_role("rowheader", name="set/one-enables")).to_be_visible()
        expect(table.get_by_role("row", name="get/length").get_by_role("cell").last).to_contain_text(
            "deviates: length 1"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_page_fits_its_window(
    open_page: Callable[..., Opened], report: Path, size: tuple[int, int], scheme: str
) -> None:
    opened = open_page(report, size, fragment=SHORT_BY_PAGE, scheme=scheme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == size[0]
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is (scheme == "light")


HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "</script><script>alert(3)</script>",
    "\"onmouseover='alert(4)'",
    "javascript:alert(5)",
    "\u202ereversed\0{{7*7}}",
    "filter",
    "__proto__",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(open_page: Callable[..., Opened], tmp_path: Path, text: str) -> None:
    hostile = record(
        row(text, text, "deviates", observation(text, "x", name=text), evidence=(text, "x" * 100_000)),
        row("A.B", ENABLES, "recorded", observation(text), unjudged=text),
        target=text,
        fingerprint={"system": text, text: {text: [text]}, "os": {"version": text}},
    )
    path = tmp_path / "report.html"
    write_page([hostile, SAMPLES.wine], SAMPLES.ledger, None, None, path)
    opened = open_page(path)
    for button in opened.page.locator(".opener:visible").all():
        button.click()
    for link in opened.page.locator(".list a").all():
        link.evaluate("link => link.click()")
    opened.page.get_by_role("searchbox").fill("x")
    assert opened.said == []
    assert opened.asked == [path.as_uri()]
    assert opened.page.evaluate("document.documentElement.scrollWidth") == WIDE[0]
    assert opened.page.locator("img, script:not(#data)").count() == 1
