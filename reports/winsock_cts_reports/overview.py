"""The page's first screen: headline, one sentence for each target, and the lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from winsock_cts_reports.sections import sections
from winsock_cts_reports.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from winsock_cts_reports.judge import Judgement, Standing
    from winsock_cts_reports.kill_table import Fault
    from winsock_cts_reports.ledger import Ledger
    from winsock_cts_reports.record import Verdict
    from winsock_cts_reports.sections import Labelled, Section

VERBS: Mapping[Verdict, tuple[str, str]] = {
    "conforms": ("conforms", "conform"),
    "deviates": ("deviates", "deviate"),
    "recorded": ("is recorded without a verdict", "are recorded without a verdict"),
    "crashed": ("crashed", "crashed"),
    "timed-out": ("timed out", "timed out"),
    "not-run": ("was not run", "were not run"),
    "error": ("is an error of the suite", "are errors of the suite"),
}
DEVIATIONS: Mapping[Standing, str] = {
    "unexpected": "unexpected",
    "known": "known",
    "reported": "reported by others",
    "conflict": "where documents conflict",
}
ALARMS: Mapping[Standing, tuple[str, str]] = {
    "unexpected": ("unexpected case", "unexpected cases"),
    "stale": ("case with a stale known deviation", "cases with stale known deviations"),
    "error": ("error of the suite", "errors of the suite"),
}
Mood = Literal["alarm", "unfinished", "calm"]

STATES = {
    "tested": ("is tested", "are tested"),
    "planned": ("not yet", "not yet"),
    "untestable": ("is untestable", "are untestable"),
}


@dataclass(frozen=True)
class Overview:
    """`mood` is alarm where something needs a look, unfinished where a run lacks cases; `notes` are doubts
    about the records themselves."""

    headline: str
    mood: Mood
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


def build(
    judgements: Sequence[Judgement],
    labels: Sequence[str],
    ledger: Ledger,
    state: Mapping[str, str],
    faults: Sequence[Fault] = (),
) -> Overview:
    """The overview of all targets; `state` says of each requirement tested, planned or untestable."""
    pairs = tuple(zip(labels, judgements, strict=True))
    lists = sections(pairs, ledger, state, faults)
    answered = {key for judgement in judgements for key in judgement.outcomes}
    return Overview(
        headline=_headline(pairs),
        mood=_mood(pairs, lists),
        sentences=(
            *(_sentence(judgement, label) for label, judgement in pairs),
            _coverage(state, ledger, answered),
        ),
        notes=tuple(_notes(pairs, ledger)),
        sections=lists,
    )


def _headline(pairs: Sequence[Labelled]) -> str:
    alarms = [
        f"{counted(count, *words)} on {label}"
        for standing, words in ALARMS.items()
        for label, judgement in pairs
        if (count := sum(row.standing == standing for row in judgement.rows))
    ]
    alarms += [
        f"{counted(count, 'unexpected comparison', 'unexpected comparisons')} on {label}"
        for label, judgement in pairs
        if (count := len(judgement.unexpected_comparisons))
    ]
    found = listed(alarms) or f"Nothing unexpected on {listed([label for label, _ in pairs])}"
    return "; ".join((found, *_unfinished(pairs)))


def _mood(pairs: Sequence[Labelled], lists: Sequence[Section]) -> Mood:
    if any(section.urgent for section in lists):
        return "alarm"
    return "calm" if all(judgement.record.complete for _, judgement in pairs) else "unfinished"


def _unfinished(pairs: Sequence[Labelled]) -> Iterator[str]:
    """Which runs lack cases."""
    for label, judgement in pairs:
        record = judgement.record
        reasons = [row.reason for row in record.results if row.verdict == "not-run"]
        missed = sum(reason is not None and reason.code == "interrupted" for reason in reasons)
        if missed:
            cases = counted(record.planned, "case", "cases")
            yield f"interrupted on {label}: {missed} of {cases} not run"
        elif not record.complete:
            yield f"incomplete on {label}" + (": a selection of cases" if record.selection != "all" else "")


def _sentence(judgement: Judgement, label: str) -> str:
    record = judgement.record
    parts = [
        f"{count} {VERBS[verdict][count != 1]}" + (_split(judgement) if verdict == "deviates" else "")
        for verdict, count in record.counts.items()
        if count
    ]
    if not parts:
        return f"No case was planned on {label}."
    return f"Of {counted(record.planned, 'case', 'cases')} on {label}, {listed(parts)}."


def _split(judgement: Judgement) -> str:
    standings = Counter(row.standing for row in judgement.rows if row.result.verdict == "deviates")
    parts = [(standings[name], text) for name, text in DEVIATIONS.items() if standings[name]]
    if len(parts) == 1 and parts[0][0] > 1:
        return f" (all {parts[0][1]})"
    return f" ({listed([f'{count} {text}' for count, text in parts])})"


def _coverage(state: Mapping[str, str], ledger: Ledger, answered: Collection[str]) -> str:
    by_suite = sum(
        state[key] == "tested" and each.checked_by == "suite" for key, each in ledger.requirements.items()
    )
    counts = Counter(state.values())
    partly = sum(state.get(key) == "planned" for key in answered)
    inner = {
        "tested": f"{by_suite} of them by the suite's own tests" if by_suite else "",
        "planned": f"{partly} of them in part" if partly else "",
    }
    parts = []
    for name, words in STATES.items():
        inside = f" ({inner[name]})" if inner.get(name) else ""
        parts += [f"{counts[name]} {words[counts[name] != 1]}{inside}"] if counts[name] else []
    return f"Of {counted(len(state), 'requirement', 'requirements')} in the ledger, {listed(parts)}."


def _notes(pairs: Sequence[Labelled], ledger: Ledger) -> list[str]:
    foreign = [label for label, judgement in pairs if judgement.record.ledger_sha256 != ledger.sha256]
    if not foreign:
        return []
    return [f"The program run on {listed(foreign)} was built from another ledger than the one here."]
