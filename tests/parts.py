"""The seconds each part of the tests took (a part is a folder of tests), and none left out."""

from collections import defaultdict

import pytest


class Parts:
    """Adds up tests and seconds by part; registered as a plugin."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._tests: defaultdict[str, int] = defaultdict(int)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the set-up, the call and the end of one test to its part."""
        part = report.nodeid.split("/")[1] if "/" in report.nodeid else report.nodeid
        self._seconds[part] += report.duration
        self._tests[part] += report.when == "call"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print one line per part."""
        terminalreporter.section("parts")
        for part in sorted(self._seconds):
            counted = f"{self._tests[part]} tests, {self._seconds[part]:.1f} s"
            terminalreporter.write_line(f"{part}: {counted}")
        if left_out := terminalreporter.stats.get("skipped"):
            terminalreporter.write_line(
                f"{len(left_out)} skipped, which counts as failed", red=True
            )

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail when a test was skipped: a test that does not run proves nothing."""
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal and terminal.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
