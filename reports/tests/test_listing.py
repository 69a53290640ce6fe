"""The program's listing at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winsock_cts_reports.listing import ListingError, load

from .samples import ENABLES, Samples

if TYPE_CHECKING:
    from pathlib import Path

LISTING = Samples().listing


def test_listing_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(LISTING.model_dump_json(by_alias=True).encode())
    assert load(path) == LISTING


def test_cases_are_found_by_name_and_by_requirement() -> None:
    assert LISTING.by_name["RawSocket.Answer"].judges is False
    assert LISTING.bound[ENABLES] == ["SetOption.OneEnables/tcp4", "SetOption.OneEnables/tcp6"]


def test_cases_are_found_by_surface() -> None:
    case = LISTING.cases[0].model_copy(update={"surfaces": ("winsock", "spi")})
    other = LISTING.cases[2]
    on = LISTING.model_copy(update={"cases": (case, other)}).bound_on
    assert on["winsock"] == {case.requirement: [case.name], other.requirement: [other.name]}
    assert on["spi"] == {case.requirement: [case.name]}


def test_case_that_is_listed_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    twice = LISTING.model_copy(update={"cases": (*LISTING.cases, LISTING.cases[0])})
    path.write_bytes(twice.model_dump_json(by_alias=True).encode())
    with pytest.raises(ListingError, match=r"case 'SetOption\.OneEnables/tcp4' is listed 2 times$"):
        load(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [('{"schema": 9}', "is a case listing of the newer schema 9"), ("{}", "is not a case listing")],
)
def test_what_is_no_listing_is_named(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(content)
    with pytest.raises(ListingError, match=words):
        load(path)
