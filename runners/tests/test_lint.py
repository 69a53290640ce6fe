"""The project's own rules for C++ sources."""

from __future__ import annotations

import pytest

from winsock_cts.lint import breaches, problems
from winsock_cts.project import Project

CASE, ADAPTER, MODEL = "conformance/x/y_test.cpp", "fixtures/api/winsock/api.cpp", "fixtures/model/m.cpp"


@pytest.mark.parametrize(
    ("name", "line", "breach"),
    [
        (CASE, "    EXPECT_EQ(1, 2);", True),
        (CASE, "    ASSERT_TRUE (x);", True),
        (CASE, '    Expect("result", x, y);', False),
        (CASE, "    // not EXPECT_EQ(1, 2)", False),
        (MODEL, "    EXPECT_EQ(1, 2);", False),
        (CASE, "  static WSAOVERLAPPED overlapped{};", True),
        (CASE, "  static auto calls = count();", True),
        (CASE, "  thread_local WSAOVERLAPPED overlapped{};", False),
        (CASE, "  static constexpr DWORD kSize = 12;", False),
        (CASE, "  static Axis<bool> both() { return {}; }", False),
        (CASE, "#include <winsock2.h>", True),
        (CASE, "#  include <Mstcpip.h>", True),
        (MODEL, "#include <sys/socket.h>", True),
        (MODEL, "#include <netinet/tcp.h>", True),
        (ADAPTER, "#include <winsock2.h>", False),
        (CASE, '#include "fixtures/api/abi.h"', False),
        (CASE, "#include <vector>", False),
    ],
)
def test_a_line(name: str, line: str, breach: bool) -> None:
    assert [number for number, _ in breaches(name, f"\n{line}\n")] == ([2] if breach else [])


def test_the_project_keeps_its_rules() -> None:
    assert problems(Project()) == []
