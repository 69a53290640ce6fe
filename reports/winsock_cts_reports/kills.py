"""What the kill table proves of the suite, and what is demanded of it.

Each demand is a function that yields its defects, one line each; no defect means proven.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from winsock_cts_reports.kill_table import KillTable, KillTableError, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from winsock_cts_reports.kill_table import CaseVerdict, Fault, Profile
    from winsock_cts_reports.ledger import Ledger, Requirement
    from winsock_cts_reports.listing import Listing

__all__ = ["KillTable", "KillTableError", "check", "kills_by_requirement", "load"]

MOST_BREAKS_WITHOUT_REASON = 5


def check(table: KillTable, listing: Listing, ledger: Ledger) -> list[str]:
    """All defects of the suite and its faults, one line each."""
    return [
        *faults_are_named_once(table),
        *broken_requirements_exist(table, ledger),
        *broad_faults_have_a_reason(table),
        *faults_break_exactly_what_they_say(table),
        *faults_only_make_cases_deviate(table),
        *requirements_have_a_fault(table, listing, ledger),
        *cases_fail_under_a_fault(table, listing),
        *sites_fail_under_a_fault(table),
        *profiles_judge_cleanly(table),
        *profiles_deviate_only_on_conflicts(table, ledger),
        *requirements_conform_under_a_profile(table, listing, ledger),
    ]


def kills_by_requirement(table: KillTable) -> Mapping[str, tuple[Fault, ...]]:
    """For each requirement the faults that make it deviate: the proof that its cases see something."""
    faults: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in table.faults:
        for key in sorted(fault.killed):
            faults[key].append(fault)
    return {key: tuple(found) for key, found in faults.items()}


def faults_are_named_once(table: KillTable) -> Iterator[str]:
    """A fault's name is its own."""
    for name, times in Counter(fault.name for fault in table.faults).items():
        if times > 1:
            yield f"fault {name} is declared {times} times"


def broken_requirements_exist(table: KillTable, ledger: Ledger) -> Iterator[str]:
    """A fault breaks at least one requirement, and only such as the ledger has."""
    for fault in table.faults:
        if not fault.breaks:
            yield f"fault {fault.name} breaks nothing ({_place(fault)})"
        for key in fault.breaks:
            if key not in ledger.requirements:
                yield f"fault {fault.name} breaks {key}, which is no requirement ({_place(fault)})"


def broad_faults_have_a_reason(table: KillTable) -> Iterator[str]:
    """A fault that breaks many requirements says why it cannot be smaller."""
    for fault in table.faults:
        if len(fault.breaks) > MOST_BREAKS_WITHOUT_REASON and not fault.reason.strip():
            count = len(fault.breaks)
            yield f"fault {fault.name} breaks {count} requirements without a reason ({_place(fault)})"


def faults_break_exactly_what_they_say(table: KillTable) -> Iterator[str]:
    """Over all profiles the requirements that newly deviate are those of `breaks`."""
    for fault in table.faults:
        for key in sorted(set(fault.breaks) - fault.killed):
            yield f"fault {fault.name} breaks {key}, but no case of it deviates ({_place(fault)})"
        for key in sorted(fault.killed - set(fault.breaks)):
            yield f"fault {fault.name} makes {key} deviate, which it does not list ({_place(fault)})"


def faults_only_make_cases_deviate(table: KillTable) -> Iterator[str]:
    """No fault ends in an error, crash or time-out, or hides a case that does not depend on what it broke.

    A case that was not run, and that the fault lets run without judging, is no loss.
    """
    idle = {
        (profile.name, row.case)
        for profile in table.profiles
        for row in profile.baseline
        if row.verdict == "not-run"
    }
    for fault in table.faults:
        for run in fault.runs:
            for row in run.newly:
                if row.verdict == "recorded" and (run.profile, row.case) in idle:
                    continue
                if row.verdict != "deviates" and not _depends_on_broken(row, fault):
                    yield f"fault {fault.name} turns {row.case} into {row.verdict} under {run.profile}"


def requirements_have_a_fault(table: KillTable, listing: Listing, ledger: Ledger) -> Iterator[str]:
    """Each requirement that a case judges is broken by some fault."""
    broken = {key for fault in table.faults for key in fault.breaks}
    for requirement in _judged_requirements(listing, ledger):
        if requirement.key not in broken:
            yield f"requirement {requirement.key} is judged, but no fault breaks it"


def cases_fail_under_a_fault(table: KillTable, listing: Listing) -> Iterator[str]:
    """Each judging case, with each of its parameters, deviates under some fault."""
    failed = {row.case for row in table.deviating}
    for case in listing.cases:
        if case.judges and case.name not in failed:
            yield f"case {case.name} deviates under no fault ({case.file}:{case.line})"


def sites_fail_under_a_fault(table: KillTable) -> Iterator[str]:
    """Each Expect that judged anywhere differs under some fault."""
    failed = {site for row in table.deviating for site in row.sites}
    reached = {site.site: site.case for site in reversed(table.sites)}
    for site, case in sorted(reached.items()):
        if site not in failed:
            yield f"Expect at {site} differs under no fault (reached by {case})"


def profiles_judge_cleanly(table: KillTable) -> Iterator[str]:
    """Without a fault nothing crashes, hangs or errs."""
    if not table.profiles:
        yield "the kill table holds no profile"
    for profile in table.profiles:
        for row in profile.baseline:
            if row.verdict in ("error", "crashed", "timed-out"):
                yield f"case {row.case} is {row.verdict} under {profile.name} without a fault"


def profiles_deviate_only_on_conflicts(table: KillTable, ledger: Ledger) -> Iterator[str]:
    """Without a fault a profile deviates only where documents conflict and it follows another one."""
    for profile in table.profiles:
        followed = _followed(profile, ledger)
        for row in profile.baseline:
            if row.verdict != "deviates":
                continue
            requirement = ledger.requirements.get(row.requirement)
            conflict = requirement.conflict if requirement is not None else None
            if conflict is None:
                yield f"case {row.case} deviates under {profile.name} without a fault"
            elif conflict.follows in followed.get(conflict.id, {conflict.follows}):
                yield (
                    f"case {row.case} deviates under {profile.name} without a fault, "
                    f"though {conflict.id} follows {conflict.follows} there"
                )


def requirements_conform_under_a_profile(table: KillTable, listing: Listing, ledger: Ledger) -> Iterator[str]:
    """Each judged requirement is seen to hold somewhere."""
    conforming = {
        row.requirement for profile in table.profiles for row in profile.baseline if row.verdict == "conforms"
    }
    for requirement in _judged_requirements(listing, ledger):
        if requirement.key not in conforming:
            yield f"requirement {requirement.key} conforms under no profile"


def _place(fault: Fault) -> str:
    return f"{fault.file}:{fault.line}"


def _depends_on_broken(row: CaseVerdict, fault: Fault) -> bool:
    return row.verdict == "not-run" and row.words in {f"depends on {key}" for key in fault.breaks}


def _judged_requirements(listing: Listing, ledger: Ledger) -> list[Requirement]:
    judged = {case.requirement for case in listing.cases if case.judges}
    return [
        requirement
        for key, requirement in ledger.requirements.items()
        if requirement.checked_by == "case" and key in judged
    ]


def _followed(profile: Profile, ledger: Ledger) -> Mapping[str, set[str]]:
    """The documents followed in each conflict: as the profile says, else those whose claim conforms."""
    followed = {conflict: {document} for conflict, document in profile.follows.items()}
    for row in profile.baseline:
        requirement = ledger.requirements.get(row.requirement)
        conflict = requirement.conflict if requirement is not None else None
        if conflict is not None and row.verdict == "conforms" and conflict.id not in profile.follows:
            followed.setdefault(conflict.id, set()).add(conflict.follows)
    return followed
