"""The lists of the page's first screen: what needs a look, and what is accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.cells import SUCCESS, cell_text, documented_text
from winsock_cts_reports.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from winsock_cts_reports.judge import Judgement, Row, Standing
    from winsock_cts_reports.kill_table import Fault
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.record import Verdict


@dataclass(frozen=True)
class Item:
    """One line of a section; `key` is the requirement it leads to, `target` the one it is about, if any."""

    text: str
    detail: str
    key: str = ""
    target: str = ""


@dataclass(frozen=True)
class Section:
    """A list under a heading; `urgent` ones stand open. `count` where a line stands for several cases."""

    name: str
    title: str
    explanation: str
    urgent: bool
    items: tuple[Item, ...]
    count: int = 0


Labelled = tuple[str, "Judgement"]


def sections(
    pairs: Sequence[Labelled], ledger: Ledger, state: Mapping[str, str], faults: Sequence[Fault] = ()
) -> tuple[Section, ...]:
    """The sections that have something to say; `pairs` are the judgements with their targets' labels."""
    found = (
        _unexpected(pairs),
        _errors(pairs),
        _stale(pairs),
        _conflicts(pairs, ledger),
        _known(pairs),
        _not_run(pairs),
        _planned(ledger, state),
        _untestable(ledger, state),
        _faults(faults),
    )
    return tuple(section for section in found if section.items)


def _unexpected(pairs: Sequence[Labelled]) -> Section:
    explanation = "Neither a known deviation nor a conflict between documents explains these."
    items = (*_standing(pairs, "unexpected"), *_comparisons(pairs))
    return Section("unexpected", "Unexpected", explanation, True, items)


def _errors(pairs: Sequence[Labelled]) -> Section:
    explanation = "The suite itself failed here; this says nothing about the target."
    return Section("error", "Errors of the suite", explanation, True, tuple(_standing(pairs, "error")))


def _stale(pairs: Sequence[Labelled]) -> Section:
    items = tuple(
        Item(
            stale.entry.cases,
            f"{stale.entry.reason} · {counted(len(stale.cases), 'case conforms', 'cases conform')} now",
            target=label,
        )
        for label, judgement in pairs
        for stale in judgement.stale
    )
    explanation = "Noted in the ledger as deviating, yet conforming now: the note has to go."
    return Section("stale", "Stale known deviations", explanation, True, items)


def _conflicts(pairs: Sequence[Labelled], ledger: Ledger) -> Section:
    items = []
    for conflict, members in _claims(ledger).items():
        follows = [words for label, judgement in pairs if (words := _followed(label, judgement, members))]
        if follows:
            matter = ledger.conflicts[conflict].matter if conflict in ledger.conflicts else ""
            items.append(Item(" ".join(filter(None, (conflict, matter))), "; ".join(follows), members[0][0]))
    explanation = "Documents contradict each other; a target can follow only one of them."
    return Section("conflict", "Documents in conflict", explanation, False, tuple(items))


def _known(pairs: Sequence[Labelled]) -> Section:
    explanation = "Seen exactly as the ledger notes them."
    return Section("known", "Known deviations", explanation, False, tuple(_known_items(pairs)))


def _not_run(pairs: Sequence[Labelled]) -> Section:
    items = []
    total = 0
    for label, judgement in pairs:
        reasons = [row.result.reason for row in judgement.rows if row.result.verdict == "not-run"]
        texts = Counter(f"{reason.code}: {reason.words}" for reason in reasons if reason is not None)
        items += [
            Item(counted(count, "case", "cases"), text, target=label) for text, count in texts.most_common()
        ]
        total += texts.total()
    explanation = f"{counted(total, 'case was', 'cases were')} planned, but without an answer."
    return Section("not-run", "Not run", explanation, False, tuple(items), total)


def _planned(ledger: Ledger, state: Mapping[str, str]) -> Section:
    explanation = "Requirements that nothing checks yet. They are not passing."
    items = _in_state(ledger, state, "planned")
    return Section("planned", "Not tested yet", explanation, False, items)


def _untestable(ledger: Ledger, state: Mapping[str, str]) -> Section:
    explanation = "Requirements that no test can decide, and why."
    return Section("untestable", "Untestable", explanation, False, _in_state(ledger, state, "untestable"))


def _faults(faults: Sequence[Fault]) -> Section:
    caught = len({key for fault in faults for key in fault.killed})
    explanation = (
        "Wrong decisions planted in the model, one at a time: what proves that the cases can fail. "
        f"{counted(caught, 'requirement catches', 'requirements catch')} one or more."
    )
    return Section("faults", "Faults of the model", explanation, False, tuple(map(_fault, faults)))


def _fault(fault: Fault) -> Item:
    cases = {row.case for run in fault.runs for row in run.newly if row.verdict == "deviates"}
    keys = sorted(fault.killed)
    detail = f"{fault.name} · caught by {counted(len(cases), 'case', 'cases')}"
    if len(keys) == 1:
        return Item(fault.what, detail, keys[0])
    return Item(fault.what, f"{detail} of {listed(keys)}" if keys else detail)


def _standing(pairs: Sequence[Labelled], standing: Standing) -> Iterator[Item]:
    for label, judgement in pairs:
        rows_of: defaultdict[tuple[str, Verdict], list[Row]] = defaultdict(list)
        for row in judgement.rows:
            if row.standing == standing:
                rows_of[row.result.requirement, row.result.verdict].append(row)
        for (key, verdict), rows in rows_of.items():
            detail = f"{verdict}: {cell_text(verdict, rows)}{_documented(rows)}"
            why = "".join(f" · {words}" for words in dict.fromkeys(row.words for row in rows) if words)
            yield Item(key, f"{detail} · {counted(len(rows), 'case', 'cases')}{why}", key, label)


def _comparisons(pairs: Sequence[Labelled]) -> Iterator[Item]:
    for label, judgement in pairs:
        for key, comparison in judgement.unexpected_comparisons.items():
            detail = f"deviates: {comparison.summary} · {comparison.differences[0]}"
            yield Item(key, detail, key, label)


def _documented(rows: Sequence[Row]) -> str:
    texts = {documented_text(each) for row in rows for each in row.result.differing}
    said = any(each.value == SUCCESS for row in rows for each in row.result.differing)
    return f", documented {texts.pop()}" if len(texts) == 1 and not said else ""


def _known_items(pairs: Sequence[Labelled]) -> Iterator[Item]:
    for label, judgement in pairs:
        rows = [row for row in judgement.rows if row.standing in ("known", "reported")]
        counts = Counter(row.words for row in rows)
        first_key = {row.words: row.result.requirement for row in reversed(rows)}
        for words, count in counts.items():
            yield Item(words, counted(count, "case", "cases"), first_key[words], label)


def followed(judgement: Judgement, ledger: Ledger) -> str:
    """Which documents the target follows where they contradict each other, by their titles."""
    found = []
    for conflict, members in _claims(ledger).items():
        words = _followed("", judgement, members).strip()
        titles = {code: ledger.sources[code].title for _, code in members if code in ledger.sources}
        words = " ".join(_quoted(word, titles) for word in words.split(" "))
        if words:
            found.append(f"{words}, in conflict {conflict}")
    return "; ".join(found)


def _quoted(word: str, titles: Mapping[str, str]) -> str:
    """The title of the document that a word names by its code, with what surrounds it."""
    code = word.strip("(,)")
    return word.replace(code, f"“{titles[code]}” ({code})") if code in titles else word


def _claims(ledger: Ledger) -> Mapping[str, Sequence[tuple[str, str]]]:
    """By conflict the requirements that claim something, each with its document."""
    claims: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, requirement in ledger.requirements.items():
        if requirement.conflict is not None:
            claims[requirement.conflict.id].append((key, requirement.conflict.follows))
    return claims


def _followed(label: str, judgement: Judgement, members: Sequence[tuple[str, str]]) -> str:
    """Which document the target follows: the one whose judged claims all conform."""
    judged: defaultdict[str, list[bool]] = defaultdict(list)
    for key, document in members:
        outcome = judgement.outcomes.get(key)
        if outcome is not None and outcome.verdict not in ("recorded", "not-run", "error"):
            judged[document].append(outcome.verdict == "conforms")
    followed = [document for document, conforms in judged.items() if all(conforms)]
    if followed:
        return f"{label} follows {listed(followed)}"
    unasked = [document for document in dict.fromkeys(of for _, of in members) if document not in judged]
    unsettled = f" ({listed(unasked)} without a verdict)" if unasked else ""
    return f"{label} does not follow {listed(list(judged))}{unsettled}" if judged else ""


def _in_state(ledger: Ledger, state: Mapping[str, str], wanted: str) -> tuple[Item, ...]:
    return tuple(
        Item(key, requirement.why or requirement.statement, key)
        for key, requirement in ledger.requirements.items()
        if state[key] == wanted
    )
