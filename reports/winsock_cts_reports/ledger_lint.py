"""What the ledger's entries say of one another: each rule yields its findings, one line each."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from itertools import combinations, zip_longest
from typing import TYPE_CHECKING

from winsock_cts_reports.overlap import both_can_hold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from winsock_cts_reports.ledger_model import Deviation, Ledger, Requirement


def lint(ledger: Ledger, cases: Collection[str] | None = None) -> list[str]:
    """All findings. With the names of the listing's cases, the deviations are compared with them too."""
    findings = [
        *keys_name_their_file(ledger),
        *rows_are_covered(ledger),
        *codes_are_in_the_legend(ledger),
        *ways_of_checking_are_complete(ledger),
        *derivations_end(ledger),
        *conflicts_have_members(ledger),
        *sentences_are_mapped(ledger),
        *statements_are_sentences(ledger),
    ]
    return findings if cases is None else [*findings, *deviations_fit_the_cases(ledger, cases)]


def keys_name_their_file(ledger: Ledger) -> Iterator[str]:
    """The first segment of a key is its file, with dashes."""
    for key, requirement in ledger.requirements.items():
        area = requirement.area.replace("_", "-")
        if key.split("/", 1)[0] != area:
            yield f"{key}: stands in {requirement.area}.toml; begin its key with {area}/ or move it"


def rows_are_covered(ledger: Ledger) -> Iterator[str]:
    """Every row of the draft has a requirement, and there are no other rows."""
    covered = {requirement.row for requirement in ledger.requirements.values()}
    rows = ledger.draft.rows
    for row in rows:
        if row not in covered:
            yield f"draft row {row} has no requirement; write one"
    for key, requirement in ledger.requirements.items():
        if requirement.row not in rows:
            yield f"{key}: row {requirement.row} is not in draft.toml; name the row that it was written from"


def codes_are_in_the_legend(ledger: Ledger) -> Iterator[str]:
    """Every code of a source is in sources.toml."""
    for key, requirement in ledger.requirements.items():
        cited = [citation.code for citation in requirement.sources]
        read = [reading.source for reading in requirement.readings]
        for code in dict.fromkeys((*cited, *read)):
            if code not in ledger.sources:
                yield f"{key}: source {code} is not in sources.toml; add it there"
        claim = requirement.conflict
        if claim is not None and claim.follows not in cited:
            yield f"{key}: follows {claim.follows} without citing it; add it to sources"
    for label, sentence in ledger.sentences.items():
        if sentence.document not in ledger.sources:
            yield f"sentence {label}: {sentence.document} is not in sources.toml; add it there"


def ways_of_checking_are_complete(ledger: Ledger) -> Iterator[str]:
    """`from`, `compares`, `test` and `why` stand where the way of checking takes them, and nowhere else."""
    for key, requirement in ledger.requirements.items():
        way = requirement.checked_by
        for name, given, needed, taken in (
            ("from", requirement.from_, ("derived", "comparison"), ("derived", "comparison")),
            ("compares", requirement.compares, ("comparison",), ("comparison",)),
            ("why", requirement.why, ("nothing",), ("nothing",)),
            ("test", requirement.test, (), ("suite", "comparison")),
        ):
            if given and way not in taken:
                yield f"{key}: checked_by {way} takes no {name}; leave it out"
            if not given and way in needed:
                yield f"{key}: checked_by {way} needs {name}"


def derivations_end(ledger: Ledger) -> Iterator[str]:
    """What `from` names exists, is checked, and never leads back. Only a comparison names whole groups."""
    for key, requirement in ledger.requirements.items():
        for name in requirement.from_:
            if name.endswith("/*"):
                if requirement.checked_by != "comparison":
                    yield f"{key}: from {name}: only a comparison may name a group; list the keys"
                if not any(other.startswith(name[:-1]) for other in ledger.requirements):
                    yield f"{key}: from {name}: no key begins so"
            elif name not in ledger.requirements:
                yield f"{key}: from {name}: no such requirement"
            elif ledger.requirements[name].checked_by == "nothing":
                yield f"{key}: from {name}: that one is checked by nothing; leave it out"
        if requirement.checked_by == "derived" and _leads_back(ledger, requirement):
            yield f"{key}: is derived from itself; name the requirements that cases check"


def conflicts_have_members(ledger: Ledger) -> Iterator[str]:
    """A conflict is claimed by two documents at least, or says why it is settled."""
    members: defaultdict[str, list[Requirement]] = defaultdict(list)
    for key, requirement in ledger.requirements.items():
        if requirement.conflict is not None:
            members[requirement.conflict.id].append(requirement)
            if requirement.conflict.id not in ledger.conflicts:
                yield f"{key}: conflict {requirement.conflict.id} is not in conflicts.toml; add it"
            if requirement.level not in ("must", "should"):
                yield f"{key}: a claim in a conflict is a must or a should, not of level {requirement.level}"
    for name, conflict in ledger.conflicts.items():
        documents = {member.conflict.follows for member in members[name] if member.conflict}
        if conflict.settled and documents:
            yield f"conflict {name} is settled and has members; drop one or the other"
        if not conflict.settled and len(documents) < 2:
            yield f"conflict {name}: {len(documents)} documents claim it; name two, or say what settles it"


def sentences_are_mapped(ledger: Ledger) -> Iterator[str]:
    """Every sentence of the documents stands once, in order, with requirements or as saying nothing."""
    for document, labels in ledger.draft.labels.items():
        mapped = [label for label, sentence in ledger.sentences.items() if sentence.document == document]
        for wanted, found in zip_longest(labels, mapped):
            if wanted != found:
                yield f"sentences.toml: {document}: {wanted or 'the end'} is due, not {found or 'the end'}"
                break
    for label, sentence in ledger.sentences.items():
        if sentence.document not in ledger.draft.labels:
            yield f"sentence {label}: draft.toml has no labels for {sentence.document}"
        if bool(sentence.requirements) == sentence.no_behaviour:
            yield f"sentence {label}: give it either requirements or no_behaviour = true"
        for key in sentence.requirements:
            if key not in ledger.requirements:
                yield f"sentence {label}: no requirement {key}"


def statements_are_sentences(ledger: Ledger) -> Iterator[str]:
    """A statement ends with a full stop and is said once."""
    said: dict[str, str] = {}
    for key, requirement in ledger.requirements.items():
        if not requirement.statement.endswith("."):
            yield f"{key}: end the statement with a full stop"
        if requirement.statement in said:
            yield f"{key}: says the same as {said[requirement.statement]}; say what tells them apart"
        said.setdefault(requirement.statement, key)


def deviations_fit_the_cases(ledger: Ledger, cases: Collection[str]) -> Iterator[str]:
    """Every deviation names a case, and no two that we have seen claim one row of one target."""
    named = [[case for case in cases if fnmatchcase(case, entry.cases)] for entry in ledger.deviations]
    for entry, found in zip(ledger.deviations, named, strict=True):
        if not found:
            yield f"{_entry(entry)}: no case has such a name; correct the pattern or drop the entry"
    seen = [
        (entry, set(found))
        for entry, found in zip(ledger.deviations, named, strict=True)
        if not entry.reported
    ]
    for (one, first), (other, second) in combinations(seen, 2):
        if one.surface == other.surface and first & second and both_can_hold(one.when, other.when):
            case = min(first & second)
            yield f"{_entry(one)} and {_entry(other)}: both claim {case} on one target; let `when` part them"


def _entry(entry: Deviation) -> str:
    return f"deviations/{entry.area}.toml: {entry.cases} ({entry.surface})"


def _leads_back(ledger: Ledger, start: Requirement) -> bool:
    """Whether following `from` from `start` comes back to it."""
    reached: set[str] = set()
    ahead = list(_next(ledger.requirements, start))
    while ahead:
        key = ahead.pop()
        if key == start.key:
            return True
        if key not in reached:
            reached.add(key)
            ahead += _next(ledger.requirements, ledger.requirements[key])
    return False


def _next(requirements: Mapping[str, Requirement], requirement: Requirement) -> list[str]:
    names = requirement.from_ if requirement.checked_by == "derived" else ()
    return [name for name in names if name in requirements]
