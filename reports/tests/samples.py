"""A small ledger with its listing, kill table and the records of two targets, as a first run gives them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winsock_cts_reports.kill_table import CaseVerdict, Fault, FaultRun, KillTable, Profile, Site
from winsock_cts_reports.ledger import Ledger
from winsock_cts_reports.ledger_model import (
    Citation,
    Claim,
    Conflict,
    Deviation,
    Reading,
    Requirement,
    Source,
    Span,
)
from winsock_cts_reports.listing import ListedCase, Listing
from winsock_cts_reports.record import Observation, Reason, Result, RunRecord, Scalar, Verdict, build

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEDGER_SHA256 = "5a" * 32

FAULT_CODE = "WSAEFAULT (10014)"
INVALID_CODE = "WSAEINVAL (10022)"
NO_OPTION_CODE = "WSAENOPROTOOPT (10042)"

ENABLES = "so-keepalive/set/one-enables"
READS_LENGTH = "so-keepalive/get/length"
HIGH_BYTE = "so-keepalive/set/high-byte"
SHORT_BY_PAGE = "sio-keepalive-vals/input/short-buffer/page"
SHORT_BY_CALL = "sio-keepalive-vals/input/short-buffer/wsaioctl"
DATAGRAM = "families/datagram/control-code"
RAW = "families/raw/control-code"
IDLE_OPTION = "tcp-keep-options/keepidle/round-trip"
WRONG_TYPE = "sio-keepalive-vals/errors/wrong-socket-type"
PROBES = "wire/probe-count/ten"
NOTES_CATALOG = "suite/fingerprint/catalog"
PERMISSION = "wire/rfc/optional"

MODEL: dict[str, object] = {
    "system": "model",
    "profile": "windows-11",
    "os": {"version": "10.0.22631", "build": 22631},
    "environment": "normal",
    "follows": {"DD-1": "S-SIO"},
    "registry": {"KeepAliveTime": None, "KeepAliveInterval": None},
    "bits": 64,
}
WINE: dict[str, object] = {
    "system": "wine",
    "os": {"version": "10.0.18362", "build": 18362, "ubr": 0, "product": "Windows 10 Pro"},
    "architecture": "x86_64",
    "bits": 64,
    "wine": {
        "version": "8.0",
        "host": "Linux",
        "kernel": "6.18.5-1-amd64",
        "tcp_keepalive_time": 7200,
        "tcp_keepalive_intvl": 75,
        "tcp_keepalive_probes": 9,
    },
    "modules": {"ws2_32.dll": "10.0.18362.1", "mswsock.dll": "10.0.18362.1"},
    "catalog": [{"name": "TCP/IP", "chain": 1, "family": 2, "type": 1, "protocol": 6}],
    "registry": {"KeepAliveTime": None, "KeepAliveInterval": 1000},
    "elevated": True,
    "locale": "en-US",
}


def observation(
    value: Scalar, expected: Scalar | tuple[Scalar, ...] | None = None, name: str = "result"
) -> Observation:
    """A value, judged where something is expected."""
    return Observation(name=name, kind="value", value=value, judged=expected is not None, expected=expected)


def row(
    case: str,
    requirement: str,
    verdict: Verdict,
    *observations: Observation,
    reason: Reason | None = None,
    unjudged: str | None = None,
    evidence: tuple[str, ...] = (),
    surface: str = "winsock",
) -> Result:
    """A row of a record; reasons that a verdict must have are filled in."""
    if reason is None and verdict in ("crashed", "timed-out", "error"):
        reason = Reason(words=f"{verdict} for the test")
    if reason is None and verdict == "not-run":
        reason = Reason(code="unsupported", words="the target lacks the call")
    return Result(
        case=case,
        surface=surface,
        requirement=requirement,
        verdict=verdict,
        observations=observations,
        reason=reason,
        unjudged=unjudged,
        seconds=0.0012,
        evidence=evidence,
    )


def record(
    *results: Result, target: str = "wine", selection: str = "all", fingerprint: object = None
) -> RunRecord:
    """A record of these rows."""
    chosen = fingerprint or {"model": MODEL, "wine": WINE}.get(target, {"system": "windows"})
    assert isinstance(chosen, dict)
    return build(
        suite="0.1.0",
        binary_sha256=None,
        ledger_sha256=LEDGER_SHA256,
        target=target,
        surface="winsock",
        fingerprint=chosen,
        selection=selection,
        seed=0,
        started="2026-11-20T21:00:00Z",
        seconds=1.25,
        results=results,
    )


def deviation(
    cases: str, observes: Mapping[str, object], *, verdict: str = "deviates", reported: bool = False
) -> Deviation:
    """A known deviation of Wine 8."""
    return Deviation(
        area="families",
        cases=cases,
        surface="winsock",
        when={"system": "wine", "wine.version": ">=8,<9"},
        observes=observes,  # type: ignore[arg-type]
        verdict=verdict,  # type: ignore[arg-type]
        reason="Wine answers every socket that is not a stream with WSAEINVAL.",
        source="Wine 8.0, dlls/ntdll/unix/socket.c",
        reviewed=datetime.date(2026, 11, 20),
        reported=reported,
    )


def area_of(key: str) -> str:
    """The area that a key belongs to."""
    return key.partition("/")[0].replace("-", "_")


def _requirement(key: str, number: str, statement: str, **others: object) -> Requirement:
    fields: dict[str, object] = {
        "level": "must",
        "surfaces": ("winsock",),
        "sources": (Citation("S-SIO", "Remarks"),),
        "checked_by": "case",
        **others,
    }
    area = area_of(key)
    return Requirement(key=key, row=number, area=area, statement=statement, **fields)  # type: ignore[arg-type]


REQUIREMENTS = (
    _requirement(
        ENABLES,
        "SOK-10",
        "Setting SO_KEEPALIVE to 1 turns keep-alive on.",
        sources=(Citation("D-SOK", "Remarks, first paragraph"), Citation("E-NOTE", "")),
    ),
    _requirement(READS_LENGTH, "SOK-03", "Reading SO_KEEPALIVE reports the length of a BOOL."),
    _requirement(HIGH_BYTE, "SOK-11", "Any nonzero value of SO_KEEPALIVE, such as 0x100, turns it on."),
    _requirement(
        SHORT_BY_PAGE,
        "IN-03",
        "An input shorter than the structure fails with WSAEINVAL (10022), as the page of the code says.",
        windows=Span("2000", None),
        conflict=Claim("DD-1", "S-SIO"),
        readings=(Reading("E-WT", "WSAEFAULT (10014) for lengths 0 and 11", Span("7", None)),),
    ),
    _requirement(
        SHORT_BY_CALL,
        "IN-04",
        "An input shorter than the structure fails with WSAEFAULT (10014), as the pages of the calls say.",
        conflict=Claim("DD-1", "D-WSAI"),
        sources=(Citation("D-WSAI", "error table, WSAEFAULT"),),
    ),
    _requirement(
        WRONG_TYPE, "ERR-05", "A wrong socket type is refused.", checked_by="derived", from_=(DATAGRAM,)
    ),
    _requirement(DATAGRAM, "FAM-01", "On a datagram socket the control code fails with WSAENOPROTOOPT."),
    _requirement(RAW, "FAM-04", "Recorded: what the control code gives on raw sockets.", level="observation"),
    _requirement(
        IDLE_OPTION, "TKO-01", "TCP_KEEPIDLE reads back what was set.", windows=Span("10-1709", None)
    ),
    _requirement(PROBES, "WIRE-05", "Ten unanswered probes end the connection.", surfaces=("wire",)),
    _requirement(
        NOTES_CATALOG,
        "SPI-12",
        "The provider catalog is kept with every result.",
        checked_by="suite",
        level="precondition",
        test="runners/tests/test_fold.py::test_catalog",
    ),
    _requirement(
        PERMISSION,
        "RFC-01",
        "Having keep-alives at all is optional.",
        checked_by="nothing",
        why="A permission: no behaviour can break it.",
    ),
)

SOURCES = (
    Source(
        "S-SIO",
        "SIO_KEEPALIVE_VALS, older page",
        "https://learn.microsoft.com/previous-versions/dd877220",
        "document",
    ),
    Source(
        "D-SOK", "SO_KEEPALIVE", "https://learn.microsoft.com/windows/win32/winsock/so-keepalive", "document"
    ),
    Source("D-WSAI", "WSAIoctl", "https://learn.microsoft.com/windows/win32/api/winsock2", "document"),
    Source("E-WT", "Wine's own tests of ws2_32", "https://gitlab.winehq.org/wine/wine", "measurement"),
    Source("E-NOTE", "a note without an address", "dlls/ws2_32/tests/sock.c", "measurement"),
)


def make_ledger(*deviations: Deviation) -> Ledger:
    """The small ledger with these known deviations."""
    return Ledger(
        requirements={requirement.key: requirement for requirement in REQUIREMENTS},
        sources={source.code: source for source in SOURCES},
        conflicts={"DD-1": Conflict("DD-1", "short input buffer")},
        sentences={},
        deviations=deviations,
        sha256=LEDGER_SHA256,
    )


def _model_rows() -> Iterable[Result]:
    for family in ("tcp4", "tcp6"):
        yield row(f"SetOption.OneEnables/{family}", ENABLES, "conforms", observation(1, 1, "read back"))
        yield row(f"GetOption.ReportsALength/{family}", READS_LENGTH, "conforms", observation(4, 4, "length"))
        yield row(
            f"SetOption.HighByteEnables/{family}", HIGH_BYTE, "conforms", observation(1, 1, "read back")
        )
        invalid = observation(INVALID_CODE, INVALID_CODE)
        yield row(f"ShortInput.IsRefusedAsThePageSays/{family}-11", SHORT_BY_PAGE, "conforms", invalid)
        by_call = observation(INVALID_CODE, FAULT_CODE)
        yield row(
            f"ShortInput.IsRefusedAsTheCallSays/{family}-11",
            SHORT_BY_CALL,
            "deviates",
            by_call,
            evidence=CALLS,
        )
        udp = family.replace("tcp", "udp")
        no_option = observation(NO_OPTION_CODE, NO_OPTION_CODE)
        yield row(f"DatagramSocket.IsRefused/{udp}", DATAGRAM, "conforms", no_option)
        yield row(f"KeepIdle.ReadsBack/{family}", IDLE_OPTION, "conforms", observation(7, 7, "seconds"))
    yield row("RawSocket.Answer", RAW, "recorded", observation(NO_OPTION_CODE), unjudged="an observation")


CALLS = (
    "SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);  // 0x60",
    "struct tcp_keepalive in = {1, 2000, 1000};",
    "int r = WSAIoctl(s, SIO_KEEPALIVE_VALS, &in, 11, NULL, 0, &bytes, NULL, NULL);  // WSAEFAULT (10014)",
    "closesocket(s);  // 0",
)


def _wine_rows() -> Iterable[Result]:
    for family in ("tcp4", "tcp6"):
        yield row(f"SetOption.OneEnables/{family}", ENABLES, "conforms", observation(1, 1, "read back"))
        yield row(
            f"GetOption.ReportsALength/{family}",
            READS_LENGTH,
            "deviates",
            observation(1, 4, "length"),
            evidence=CALLS[:1],
        )
        high = observation(0, 1, "read back")
        yield row(f"SetOption.HighByteEnables/{family}", HIGH_BYTE, "deviates", high, evidence=CALLS[:1])
        by_page = observation(FAULT_CODE, INVALID_CODE)
        yield row(
            f"ShortInput.IsRefusedAsThePageSays/{family}-11",
            SHORT_BY_PAGE,
            "deviates",
            by_page,
            evidence=CALLS,
        )
        fault = observation(FAULT_CODE, FAULT_CODE)
        yield row(f"ShortInput.IsRefusedAsTheCallSays/{family}-11", SHORT_BY_CALL, "conforms", fault)
        udp = family.replace("tcp", "udp")
        refused = observation(INVALID_CODE, NO_OPTION_CODE)
        yield row(f"DatagramSocket.IsRefused/{udp}", DATAGRAM, "deviates", refused, evidence=CALLS)
        yield row(f"KeepIdle.ReadsBack/{family}", IDLE_OPTION, "not-run")
    yield row("RawSocket.Answer", RAW, "recorded", observation(INVALID_CODE), unjudged="an observation")


@dataclass(frozen=True)
class Samples:
    """What a first run of both targets leaves: Wine's option length is the one unexpected result."""

    model: RunRecord = field(default_factory=lambda: record(*_model_rows(), target="model"))
    wine: RunRecord = field(default_factory=lambda: record(*_wine_rows(), target="wine"))
    ledger: Ledger = field(
        default_factory=lambda: make_ledger(
            deviation("DatagramSocket.IsRefused/udp*", {"result": INVALID_CODE}),
            deviation("SetOption.HighByteEnables/*", {"read back": 0}),
        )
    )

    @property
    def listing(self) -> Listing:
        """The cases of both records, as the program lists them."""
        cases = tuple(_listed(number, result) for number, result in enumerate(self.model.results))
        return Listing(schema=1, ledger_sha256=LEDGER_SHA256, cases=cases)

    @property
    def kills(self) -> KillTable:
        """A table in which every judging case fails under one fault for each requirement."""
        judging = [result for result in self.model.results if result.verdict in ("conforms", "deviates")]
        baseline = tuple(
            CaseVerdict(case=result.case, requirement=result.requirement, verdict=result.verdict, sites=())
            for result in self.model.results
        )
        other = tuple(
            verdict.model_copy(update={"verdict": "conforms"}) if verdict.verdict == "deviates" else verdict
            for verdict in baseline
            if verdict.requirement != SHORT_BY_PAGE
        )
        return KillTable(
            schema=1,
            profiles=(
                Profile(name="windows-11", baseline=baseline, follows={"DD-1": "S-SIO"}),
                Profile(name="windows-11-calls", baseline=other, follows={"DD-1": "D-WSAI"}),
            ),
            faults=tuple(_fault(key, judging) for key in dict.fromkeys(each.requirement for each in judging)),
            sites=tuple(Site(site=_site(result.requirement), case=result.case) for result in judging),
        )


def _site(key: str) -> str:
    return f"conformance/{area_of(key)}/sample_test.cpp:{len(key)}"


def _fault(key: str, judging: list[Result]) -> Fault:
    newly = tuple(
        CaseVerdict(case=each.case, requirement=key, verdict="deviates", sites=(_site(key),))
        for each in judging
        if each.requirement == key
    )
    return Fault(
        name=f"{key.split('/', 1)[1].replace('/', '-')}-broken",
        what="the wrong answer is given",
        file="fixtures/model/sample.cpp",
        line=12,
        breaks=(key,),
        runs=(FaultRun(profile="windows-11", newly=newly),),
    )


def _listed(number: int, result: Result) -> ListedCase:
    suite, _, name = result.case.partition(".")
    case, _, param = name.partition("/")
    area = area_of(result.requirement)
    return ListedCase(
        name=result.case,
        suite=suite,
        case=case,
        param=param,
        area=area,
        file=f"conformance/{area}/sample_test.cpp",
        line=10 + number,
        requirement=result.requirement,
        links=(),
        surfaces=("winsock",),
        judges=result.verdict != "recorded",
        isolated=False,
    )
