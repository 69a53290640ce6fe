"""What the ledger says: requirements, the documents behind them, and known deviations from them.

The fields are those of the TOML files, explained one by one in conformance/ledger/README.md. pydantic checks
them when they are read (`ledger_files`); here they are plain, immutable values.
"""

from __future__ import annotations

import datetime  # noqa: TC003  pydantic reads the annotations
from collections.abc import Mapping  # noqa: TC003
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from winsock_cts_reports.fingerprint import SPECIFIER_STARTS
from winsock_cts_reports.windows_versions import WindowsName, in_order

Level = Literal["must", "should", "precondition", "observation"]
Surface = Literal["winsock", "spi", "wsk", "wire", "registry", "suite"]
CheckedBy = Literal["case", "derived", "comparison", "suite", "nothing"]
Compares = Literal["families", "surfaces", "bitness", "architectures", "providers", "confinement"]
State = Literal["tested", "planned", "untestable"]

AREAS = (
    "so_keepalive",
    "sio_keepalive_vals",
    "inheritance",
    "states",
    "families",
    "interplay",
    "tcp_keep_options",
    "spi",
    "wsk",
    "registry",
    "wire",
    "suite",
)
LEVELS: tuple[Level, ...] = get_args(Level)
SURFACES: tuple[Surface, ...] = get_args(Surface)

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S([^\n\r]*\S)?$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+$")]
KeyOrGroup = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*(/\*)?$")
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")]
RowId = Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]{2}$")]
Label = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}[a-z]?$")]

Value = str | bool | int | float

STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


def _measured(bounds: dict[str, float]) -> dict[str, float]:
    if bounds.keys() != {"near", "within"} or bounds["within"] < 0:
        raise ValueError("a measurement has near and within, which is not negative, and nothing else")
    return bounds


def _condition(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(SPECIFIER_STARTS):
        if "===" in value:
            raise ValueError(f"{value!r}: compare versions with ==, not ===")
        try:
            SpecifierSet(value)
        except InvalidSpecifier:
            raise ValueError(f"{value!r} is no version specifier; write one such as '>=8,<9'") from None
    return value


Condition = Annotated[Value, AfterValidator(_condition)]
# A measurement that a deviation knows: `near`, give or take `within`, in the observation's unit.
Measured = Annotated[dict[str, float], AfterValidator(_measured)]


@dataclass(frozen=True)
class Span:
    """Windows versions from `since` to `until`, both included; None is open."""

    __pydantic_config__ = STRICT

    since: WindowsName | None = None
    until: WindowsName | None = None

    def __post_init__(self) -> None:
        if not in_order(self.since, self.until):
            raise ValueError(f"since {self.since} is later than until {self.until}")


ALL_WINDOWS = Span()


@dataclass(frozen=True)
class Citation:
    """A place in a document: the code of the legend, and where in it."""

    __pydantic_config__ = STRICT

    code: Code
    at: Text


@dataclass(frozen=True)
class Claim:
    """This requirement is what the document `follows` says in the conflict `id`."""

    __pydantic_config__ = STRICT

    id: Code
    follows: Code


@dataclass(frozen=True)
class Reading:
    """What others measured, or wrote, about the same call."""

    __pydantic_config__ = STRICT

    source: Code
    says: Text
    windows: Span = ALL_WINDOWS


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One documented, testable statement; `area` is the file that holds it."""

    __pydantic_config__ = STRICT

    key: Key
    row: RowId
    area: str
    statement: Text
    level: Level
    surfaces: Annotated[tuple[Surface, ...], Field(min_length=1)]
    windows: Span = ALL_WINDOWS
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    checked_by: CheckedBy
    from_: Annotated[tuple[KeyOrGroup, ...], Field(alias="from")] = ()
    compares: Compares | None = None
    test: Text | None = None
    why: Text | None = None
    conflict: Claim | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Source:
    """An entry of the legend."""

    __pydantic_config__ = STRICT

    code: Code
    title: Text
    address: Text
    kind: Literal["document", "measurement"]


@dataclass(frozen=True)
class Conflict:
    """Where two documents differ. `settled` says why it is no either/or; then it has no members."""

    __pydantic_config__ = STRICT

    id: Code
    matter: Text
    settled: Text | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of one of the two documents, and the requirements that speak of it."""

    __pydantic_config__ = STRICT

    label: Label
    document: Code
    summary: Text
    requirements: tuple[Key, ...] = ()
    no_behaviour: bool = False


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """How a target is known to differ.

    `cases` is a pattern over case names, `when` a condition over fields of the fingerprint, `observes` every
    differing observation. A `reported` one was seen by others, not by us.
    """

    __pydantic_config__ = STRICT

    area: str
    cases: Text
    surface: Surface
    when: Annotated[Mapping[Text, Condition], Field(min_length=1)]
    observes: Mapping[Text, Value | Measured]
    reason: Text
    source: Text
    reviewed: datetime.date
    verdict: Literal["deviates", "crashed", "timed-out"] = "deviates"
    reported: bool = False

    def __post_init__(self) -> None:
        if self.verdict == "deviates" and not self.observes:
            raise ValueError("observes is empty; list every observation that differs")


@dataclass(frozen=True)
class Draft:
    """What the ledger must cover: rows in each group, sentence labels of each document."""

    __pydantic_config__ = STRICT

    groups: Mapping[str, Annotated[int, Field(ge=1, le=99)]] = field(default_factory=dict)
    labels: Mapping[Code, tuple[Label, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of all rows, in order."""
        return tuple(f"{group}-{n:02d}" for group, count in self.groups.items() for n in range(1, count + 1))


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The whole ledger; mappings are in the order of the files. `sha256` is what a run record names."""

    requirements: Mapping[str, Requirement]
    sources: Mapping[str, Source]
    conflicts: Mapping[str, Conflict]
    sentences: Mapping[str, Sentence]
    deviations: tuple[Deviation, ...]
    sha256: str
    draft: Draft = field(default_factory=Draft)

    def named_by(self, requirement: Requirement) -> tuple[str, ...]:
        """The keys that `from` names, a group such as `states/*` by its members but this one."""
        keys: dict[str, None] = {}
        for name in requirement.from_:
            if name.endswith("/*"):
                keys |= dict.fromkeys(key for key in self.requirements if key.startswith(name[:-1]))
            else:
                keys[name] = None
        return tuple(key for key in keys if key != requirement.key)
