"""Takes the place of pytest's own output in `./cts run`: counts, and keeps the texts of what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from winsock_cts.plugin import SESSION, CaseItem, Session

if TYPE_CHECKING:
    from winsock_cts.display import Step


class QuietReporter:
    """A pytest plugin; after `pytest.main` its fields tell what happened."""

    def __init__(self, step: Step) -> None:
        self.session: Session | None = None
        self.failures: list[str] = []
        self.problems: list[str] = []
        self._step = step
        self._items: dict[str, CaseItem] = {}
        self._total: dict[str, int] = {}
        self._done: dict[str, int] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep hold of the targets' session."""
        self.session = config.stash.get(SESSION, None)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Know how many cases each target has."""
        for item in session.items:
            if isinstance(item, CaseItem):
                self._items[item.nodeid] = item
                self._total[item.target.name] = self._total.get(item.target.name, 0) + 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A source whose cases cannot be collected is a problem of the suite."""
        if report.failed:
            self.problems.append(f"{report.nodeid}: {report.longreprtext.strip().splitlines()[-1]}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a case once where it ran, and keep its text where it failed."""
        item = self._items[report.nodeid]
        if self._has_no_answer(item):
            return
        if report.failed:
            self.failures.append(f"{report.nodeid}\n{report.longreprtext}")
        if report.when == "call":
            target = item.target.name
            self._done[target] = self._done.get(target, 0) + 1
            self._step(f"run {target}", self._done[target], self._total[target])

    def pytest_internalerror(self, excrepr: object) -> bool:
        """One line instead of a stack trace."""
        lines = str(excrepr).strip().splitlines() or ["no words"]
        self.problems.append(f"internal error: {lines[-1].removeprefix('E').strip()}")
        return True

    def _has_no_answer(self, item: CaseItem) -> bool:
        """The target or its program failed before this case; that is told once, not for each case."""
        run = self.session.runs[item.target.name] if self.session else None
        result = run.fold.results.get(item.case.name) if run is not None else None
        if run is None or result is None:
            return True
        return result.reason is not None and result.reason.words == run.batch.failure
