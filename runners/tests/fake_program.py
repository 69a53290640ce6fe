"""A stand-in for the test program: speaks the journal's protocol and misbehaves on demand.

A case does what its name says (`Fake.Crashes/tcp4`); `MODE` below, set where the file is copied, makes the
program as a whole misbehave.
"""

# It starts quickly (no pathlib), and all behaviours have one shape.
# ruff: noqa: ARG001, PTH107, PTH110, PTH123, PTH202, SIM115

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

MODE = ""
NAMES = json.loads("[]")
LEDGER = ""

BEGUN = time.monotonic()
OPTIONS = dict(word[2:].partition("=")[::2] for word in sys.argv[1:])


class Journal:
    def __init__(self, path: str) -> None:
        self.path = path
        self.ended: set[str] = set()
        self.again = os.path.exists(path) and os.path.getsize(path) > 0
        if self.again:
            with open(path, "rb") as file:
                lines = [json.loads(line) for line in file.read().split(b"\n") if line]
            self.ended = {line["case"] for line in lines if line["event"] == "end"}
        self.file = open(path, "ab", buffering=0)

    def raw(self, content: bytes) -> None:
        self.file.write(content)

    def tell(self, event: str, **fields: object) -> None:
        self.raw(json.dumps({"event": event, **fields}).encode() + b"\n")

    def end(self, case: str, verdict: str, **fields: object) -> None:
        self.tell("end", case=case, verdict=verdict, at=time.monotonic() - BEGUN, seconds=0.001, **fields)


def observe(journal: Journal, case: str, value: str, expected: str | None, judged: bool = True) -> None:
    observation: dict[str, object] = {"name": "result", "kind": "value", "value": value, "judged": judged}
    if judged:
        observation["expected"] = expected
    journal.tell("observed", case=case, observation=observation)


def conforms(journal: Journal, case: str) -> None:
    observe(journal, case, "success", "success")
    journal.end(case, "conforms")


def deviates(journal: Journal, case: str) -> None:
    observe(journal, case, "WSAEFAULT (10014)", "WSAEINVAL (10022)")
    journal.end(case, "deviates", evidence=["setsockopt(s1, SOL_SOCKET, SO_KEEPALIVE, NULL, 0);"])


def records(journal: Journal, case: str) -> None:
    observe(journal, case, "something", None, judged=False)
    journal.end(case, "recorded")


def names_itself(journal: Journal, case: str) -> None:
    observe(journal, case, case, None, judged=False)
    journal.end(case, "recorded")


def lacks(journal: Journal, case: str) -> None:
    journal.end(case, "not-run", reason={"code": "unsupported", "words": "no such call"})


def errs(journal: Journal, case: str) -> None:
    journal.end(case, "error", reason={"code": "error", "words": "the helper broke"})


def lies(journal: Journal, case: str) -> None:
    observe(journal, case, "WSAEFAULT (10014)", "WSAEINVAL (10022)")
    journal.end(case, "conforms")


def crashes(journal: Journal, case: str) -> None:
    os._exit(5)


def is_killed(journal: Journal, case: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hangs(journal: Journal, case: str) -> None:
    signal.pause()


def tears(journal: Journal, case: str) -> None:
    journal.raw(b'{"event": "observed", "cas')
    os._exit(7)


def leaves_child(journal: Journal, case: str) -> None:
    """A child in a session of its own that holds the output open; its id stands in a file."""
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    with open(os.environ["FAKE_CHILD_FILE"], "w") as file:
        file.write(str(child.pid))
    conforms(journal, case)


def waits_for_file(journal: Journal, case: str) -> None:
    """Tells that it is there, then waits to be ended."""
    with open(os.environ["FAKE_REACHED_FILE"], "w"):
        pass
    signal.pause()


def flickers(journal: Journal, case: str) -> None:
    """Deviates each third time that it runs; how often it ran is the length of a file."""
    with open(os.environ["FAKE_RUNS_FILE"], "ab") as file:
        file.write(b".")
        ran = file.tell()
    (conforms if ran % 3 else deviates)(journal, case)


def goes_away(journal: Journal, case: str) -> None:
    """Conforms, and then the program cannot be started any more."""
    conforms(journal, case)
    os.remove(sys.argv[0])


def floods_journal(journal: Journal, case: str) -> None:
    while True:
        observe(journal, case, "x", None, judged=False)


BEHAVIOURS = {
    "Conforms": conforms,
    "Deviates": deviates,
    "Records": records,
    "NamesItself": names_itself,
    "Lacks": lacks,
    "Errs": errs,
    "Lies": lies,
    "Crashes": crashes,
    "IsKilled": is_killed,
    "Hangs": hangs,
    "Tears": tears,
    "LeavesChild": leaves_child,
    "Waits": waits_for_file,
    "Flickers": flickers,
    "GoesAway": goes_away,
    "FloodsJournal": floods_journal,
}


def main() -> int:
    if "cts_prove" in OPTIONS:
        with open(OPTIONS["cts_prove"], "w") as table:
            json.dump({"schema": 1, "profiles": [], "faults": [], "sites": []}, table)
        return 0
    if MODE == "dies-at-start":
        print("fake: no socket library here", file=sys.stderr)
        return 3
    if MODE == "silent":
        signal.pause()
    if MODE == "prints-garbage":
        os.write(1, bytes(range(256)) * 100)
    if MODE == "prints-million-lines":
        for _ in range(1000):
            sys.stdout.write("a line of no interest\n" * 1000)
    with open(OPTIONS["cts_select"]) as file:
        selected = file.read().split()
    journal = Journal(OPTIONS["cts_events"])
    if MODE == "garbage-journal":
        journal.raw(b"\x00\xff not JSON\n")
        return 0
    if journal.again:
        journal.tell("resumed")
    else:
        journal.tell(
            "run",
            schema=1,
            surface="winsock",
            ledger_sha256=LEDGER,
            seed=7,
            fingerprint={"system": "model", "bits": 64},
            planned=selected,
            started="2026-01-02T03:04:05Z",
        )
    if MODE == "full-disk":
        with open("/dev/full", "w") as full:
            full.write("x")
    for name in NAMES:
        if name in selected and name not in journal.ended and MODE != "skips-all":
            journal.tell("start", case=name, at=time.monotonic() - BEGUN)
            BEHAVIOURS[name.split(".")[1].split("/")[0]](journal, name)
    journal.tell("finished")
    if MODE == "never-ends":
        signal.pause()
    return 0


sys.exit(main())
