"""What the targets were: fingerprints side by side, first what matters most, then every field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winsock_cts_reports.fingerprint import field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from winsock_cts_reports.record import RunRecord

REGISTRY_VALUES = (
    "KeepAliveTime",
    "KeepAliveInterval",
    "TcpMaxDataRetransmissions",
    "PPTPTcpMaxDataRetransmissions",
)


@dataclass(frozen=True)
class Fact:
    """One property with its value on each target, empty where a target has none; `differs` when two have
    different values."""

    name: str
    values: tuple[str, ...]
    differs: bool


def labels(records: Sequence[RunRecord]) -> tuple[str, ...]:
    """A short name for each record, told apart where two are of the same target."""
    names = [record.target for record in records]
    told = [
        f"{name} {version}" if names.count(name) > 1 and (version := _version(record)) else name
        for name, record in zip(names, records, strict=True)
    ]
    return tuple(
        f"{name} #{told[:index].count(name) + 1}" if told.count(name) > 1 else name
        for index, name in enumerate(told)
    )


def describe(record: RunRecord) -> str:
    """The target in a few words, such as ``Wine 8.0 on Linux 6.18``."""
    system = _text(record, "system")
    if system == "model":
        return f"documents as code, {_text(record, 'profile') or 'no profile'}"
    if system == "wine":
        host = " ".join(filter(None, (_text(record, "wine.host"), _text(record, "wine.kernel"))))
        return f"Wine {_text(record, 'wine.version')}" + (f" on {host}" if host else "")
    words = (_text(record, "os.product") or system, _text(record, "os.version"))
    return " ".join(filter(None, words)) or "unknown system"


def main_facts(records: Sequence[RunRecord], followed: Sequence[str] = ()) -> tuple[Fact, ...]:
    """The properties that most often explain a difference; those that no target has are left out. `followed`
    says which documents each target follows where they contradict each other."""
    facts = (_fact(name, [value(record) for record in records]) for name, value in _MAIN)
    ran = Fact("Ran", tuple(map(_run, records)), differs=False)
    conflicts = _fact("Where documents conflict", followed)
    return (*(fact for fact in (*facts, conflicts) if any(fact.values)), ran)


def all_facts(records: Sequence[RunRecord]) -> tuple[Fact, ...]:
    """Every fingerprint field by its dotted path."""
    flat = [dict(_flatten(record.fingerprint)) for record in records]
    paths = dict.fromkeys(path for fields in flat for path in fields)
    return tuple(_fact(path, [fields.get(path, "") for fields in flat]) for path in paths)


def _fact(name: str, values: Iterable[str]) -> Fact:
    values = tuple(values)
    return Fact(name, values, len(set(filter(None, values))) > 1)


def _text(record: RunRecord, path: str) -> str:
    return _scalar(field(record.fingerprint, path))


def _scalar(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in ([], {}) else str(value)


def _version(record: RunRecord) -> str:
    system = _text(record, "system")
    return _text(record, {"wine": "wine.version", "model": "profile"}.get(system, "os.version"))


def _reported(record: RunRecord) -> str:
    version, update = _text(record, "os.version"), _text(record, "os.ubr")
    return f"Windows {version}" + (f".{update}" if update not in ("", "0") else "") if version else ""


def _architecture(record: RunRecord) -> str:
    bits = _text(record, "bits")
    return ", ".join(filter(None, (_text(record, "architecture"), f"{bits}-bit" if bits else "")))


def _kernel_timing(record: RunRecord) -> str:
    time, interval, probes = (
        _text(record, f"wine.tcp_keepalive_{name}") for name in ("time", "intvl", "probes")
    )
    return f"{time} s, then {interval} s, {probes} probes" if time or interval or probes else ""


def _registry(record: RunRecord) -> str:
    values = field(record.fingerprint, "registry")
    if not isinstance(values, dict):
        return ""
    set_values = [
        f"{name} {_scalar(values[name])}" for name in REGISTRY_VALUES if values.get(name) is not None
    ]
    return ", ".join(set_values) or "none set"


def _run(record: RunRecord) -> str:
    started = record.started.replace("T", " ").replace("Z", " UTC")
    return f"{_selection(record)} on surface {record.surface}, {started}, {record.seconds:.3g} s"


def _selection(record: RunRecord) -> str:
    if record.complete:
        return "all cases"
    whole = "all cases, interrupted," if record.interrupted else "all cases, not complete,"
    return whole if record.selection == "all" else record.selection


_MAIN: tuple[tuple[str, Callable[[RunRecord], str]], ...] = (
    ("System", describe),
    ("Reports itself as", _reported),
    ("Architecture", _architecture),
    ("Host's keep-alive", _kernel_timing),
    ("Keep-alive registry", _registry),
)


def _flatten(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    children: Mapping[str, object]
    if isinstance(value, dict) and value:
        children = value
    elif isinstance(value, list) and value:
        children = {str(index): item for index, item in enumerate(value)}
    else:
        yield path, "not set" if value is None else _scalar(value) or "empty"
        return
    for name, child in children.items():
        yield from _flatten(child, f"{path}.{name}" if path else name)
