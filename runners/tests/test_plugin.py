"""The plugin under plain pytest: collection, outcomes and pytest's own options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

    from .conftest import FakeProject

FILE = "conformance/so_keepalive/fake_test.cpp"
MODEL = ("conformance", "--cts-target", "model")


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def test_items_hang_on_the_sources_and_no_target_is_started(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/tcp4", "Fake.Deviates")
    for preset in ("native", "mingw-x64"):
        fake.project.program(preset).unlink()
    done = fake.pytest(*MODEL, "--cts-target", "wine", "--collect-only", "-q")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[:4] == [
        f"{FILE}::Fake.Conforms[model-tcp4]",
        f"{FILE}::Fake.Deviates[model]",
        f"{FILE}::Fake.Conforms[wine-tcp4]",
        f"{FILE}::Fake.Deviates[wine]",
    ]


def test_standing_decides_the_outcome(fake: FakeProject) -> None:
    names = (
        "Fake.Conforms",
        "Fake.Deviates/known",
        "Fake.Deviates/new",
        "Fake.Records",
        "Fake.Lacks",
        "Fake.Errs",
    )
    fake.write(*names, known=["Fake.Deviates/known"])
    done = fake.pytest(*MODEL, "-rA")
    assert done.returncode == 1
    assert "2 failed, 2 passed, 1 skipped, 1 xfailed" in last_line(done)
    assert f"XFAIL {FILE}::Fake.Deviates[model-known] - " in done.stdout
    assert "known: seen before" in done.stdout
    assert "unsupported: no such call" in done.stdout
    assert "the helper broke" in done.stdout


def test_a_stale_entry_fails(fake: FakeProject) -> None:
    fake.write("Fake.Conforms", known=["Fake.Conforms"])
    done = fake.pytest(*MODEL)
    assert "1 failed" in last_line(done)
    assert "is known to deviate" in done.stdout


def test_a_conflict_is_expected_where_another_member_conforms(fake: FakeProject) -> None:
    fake.write("Fake.Deviates", "Fake.Conforms", conflict=["Deviates", "Conforms"])
    assert "1 passed, 1 xfailed" in last_line(fake.pytest(*MODEL))


def test_a_conflict_fails_where_no_member_conforms(fake: FakeProject) -> None:
    fake.write("Fake.Deviates", conflict=["Deviates"])
    assert "1 failed" in last_line(fake.pytest(*MODEL))


def test_the_failure_tells_what_was_documented_and_seen(fake: FakeProject) -> None:
    fake.write("Fake.Deviates")
    text = fake.pytest(*MODEL).stdout
    for words in (
        "Fake.Deviates on winsock: deviates, unexpected",
        "requirement so-keepalive/fake/deviates",
        "What deviates says holds.",
        "source: S-WSK, Remarks",
        "result: observed WSAEFAULT (10014), expected WSAEINVAL (10022)",
        "setsockopt(s1, SOL_SOCKET, SO_KEEPALIVE, NULL, 0);",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        (("-k", "tcp6"), "1 passed, 1 deselected"),
        (("-k", "so-keepalive/fake/conforms and tcp4"), "1 passed, 1 deselected"),
    ],
)
def test_expressions(fake: FakeProject, words: tuple[str, ...], summary: str) -> None:
    fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
    done = fake.pytest(*MODEL, *words)
    assert summary in last_line(done) or done.returncode == 4


def test_a_node_id(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/tcp4", "Fake.Conforms/tcp6")
    done = fake.pytest(f"{FILE}::Fake.Conforms[model-tcp6]", "--cts-target", "model")
    assert "1 passed" in last_line(done)


def test_a_node_id_names_its_target(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/tcp4")
    done = fake.pytest(f"{FILE}::Fake.Conforms[wine-tcp4]", "--collect-only", "-q")
    assert done.stdout.splitlines()[0] == f"{FILE}::Fake.Conforms[wine-tcp4]"


def test_no_records_unless_asked_for(fake: FakeProject) -> None:
    fake.write("Fake.Conforms")
    fake.pytest(*MODEL)
    assert list(fake.root.rglob("*.run.json")) == []
    fake.pytest(*MODEL, "--cts-out", "out")
    assert [path.name for path in fake.root.rglob("*.run.json")] == ["model.run.json"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("-n", "2"), "-n is not for targets"),
        (("-n", "2"), "--jobs N"),
        (("--cts-target", "modle"), "unknown target 'modle'"),
        ((f"{FILE}::Fake.Conforms[wine]",), "a node id is of the target wine; add --cts-target wine"),
    ],
)
def test_refusals_are_one_line(fake: FakeProject, words: tuple[str, ...], line: str) -> None:
    fake.write("Fake.Conforms")
    done = fake.pytest(*MODEL, *words)
    assert done.returncode == 4
    (error,) = [text for text in done.stderr.splitlines() if text]
    assert line in error


def test_a_missing_program_fails_the_items_in_one_line_each(fake: FakeProject) -> None:
    fake.write("Fake.Conforms")
    fake.project.program("native").unlink()
    done = fake.pytest(*MODEL)
    assert done.returncode == 1
    assert "no test program at" in done.stdout
    assert "Traceback" not in done.stdout


def test_two_targets_at_a_time(fake: FakeProject) -> None:
    fake.write("Fake.Conforms/1", "Fake.Conforms/2")
    assert "2 passed" in last_line(fake.pytest(*MODEL, "--jobs", "2"))
