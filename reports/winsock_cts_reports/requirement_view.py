"""What the page says of a requirement itself, whatever the targets answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.facets import facet_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from winsock_cts_reports.kill_table import Fault
    from winsock_cts_reports.ledger import Ledger, Requirement

WRITTEN = {"2000": "2000", "xp": "XP", "vista": "Vista"}


@dataclass(frozen=True)
class SourceView:
    """Where a document says it; `address` is empty where the document has none on the web."""

    code: str
    title: str
    address: str
    at: str


@dataclass(frozen=True)
class ReadingView:
    """What somebody else measured or understood."""

    source: SourceView
    says: str
    windows: str


@dataclass(frozen=True)
class Member:
    """One document's claim in a conflict."""

    key: str
    document: str


@dataclass(frozen=True)
class ConflictView:
    """Documents that contradict each other here."""

    id: str
    matter: str
    document: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class FaultView:
    """A planted error that the requirement's cases find."""

    name: str
    what: str
    place: str


@dataclass(frozen=True)
class About:
    """A requirement: identity, text, origin, and whether and how it is tested."""

    key: str
    row: str
    area: str
    statement: str
    level: str
    surfaces: tuple[str, ...]
    windows: str
    checked_by: str
    state: str
    note: str
    sources: tuple[SourceView, ...]
    readings: tuple[ReadingView, ...]
    conflict: ConflictView | None
    derived_from: tuple[str, ...]
    faults: tuple[FaultView, ...]

    @staticmethod
    def unknown(key: str) -> About:
        """A requirement that a record names and the ledger does not."""
        note = "The record was made with another ledger; nothing is known of this requirement here."
        return About(key, "", "", "", "", (), "", "case", "tested", note, (), (), None, (), ())


def about(
    requirement: Requirement, ledger: Ledger, state: str, faults: Mapping[str, Sequence[Fault]]
) -> About:
    """The requirement as the page shows it; `state` is tested, planned or untestable."""
    return About(
        key=requirement.key,
        row=requirement.row,
        area=requirement.area,
        statement=requirement.statement,
        level=requirement.level,
        surfaces=tuple(requirement.surfaces),
        windows=windows_words(requirement.windows.since, requirement.windows.until),
        checked_by=requirement.checked_by,
        state=state,
        note=_note(requirement, state),
        sources=tuple(_source(ledger, source.code, source.at) for source in requirement.sources),
        readings=tuple(
            ReadingView(
                _source(ledger, reading.source, ""),
                reading.says,
                windows_words(reading.windows.since, reading.windows.until),
            )
            for reading in requirement.readings
        ),
        conflict=_conflict(requirement, ledger),
        derived_from=ledger.named_by(requirement),
        faults=tuple(
            FaultView(fault.name, fault.what, f"{fault.file}:{fault.line}")
            for fault in faults.get(requirement.key, ())
        ),
    )


def windows_words(since: str | None, until: str | None) -> str:
    """The span of Windows versions in words; empty for all."""
    if since and since == until:
        return f"Windows {_windows_name(since)}"
    words = [f"from Windows {_windows_name(since)}"] if since else []
    return " ".join([*words, f"up to Windows {_windows_name(until)}"] if until else words)


def _windows_name(version: str) -> str:
    name = WRITTEN.get(version, version)
    return name.replace("-", " ").upper() if name.startswith("10-2") else name.replace("-", " ")


def _note(requirement: Requirement, state: str) -> str:
    if requirement.checked_by == "nothing":
        return requirement.why or ""
    if requirement.checked_by == "suite" and state == "tested":
        return f"Checked by a test of the suite itself: {requirement.test}"
    if requirement.compares == "families":
        return "Checked by setting the rows over IPv4 of each run beside those over IPv6."
    facet = facet_of(requirement)
    if facet is not None:
        return f"Checked by setting records of one system side by side, {facet.words}, and otherwise equal."
    if requirement.checked_by == "comparison":
        return "Checked by comparing runs with each other."
    return "No case checks this yet." if state == "planned" else ""


def _source(ledger: Ledger, code: str, at: str) -> SourceView:
    source = ledger.sources.get(code)
    title, address = (source.title, source.address) if source is not None else ("", "")
    is_link = address.startswith(("https://", "http://"))
    return SourceView(code, title, address if is_link else "", at)


def _conflict(requirement: Requirement, ledger: Ledger) -> ConflictView | None:
    claim = requirement.conflict
    if claim is None:
        return None
    conflict = ledger.conflicts.get(claim.id)
    members = tuple(
        Member(key, other.conflict.follows)
        for key, other in ledger.requirements.items()
        if other.conflict is not None and other.conflict.id == claim.id
    )
    return ConflictView(claim.id, conflict.matter if conflict else "", claim.follows, members)
