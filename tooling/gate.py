"""The quality gate: every check runs, even after one failed; then a table says how each went."""

import os
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tooling.environment import Environment
from tooling.messages import say

# What a change is checked with while it is being written: no browser, no services, no faults.
LONE = ("--last-failed-no-failures", "none", "-p", "no:randomly")
FAST = "not browser and not postgresql and not redis and not fault"
EXACT = ("*/*codec.py", "*/*rules.py", "*/*states.py")


@dataclass(frozen=True)
class Step:
    """One check: its name in both languages and the command that is the check.

    `once_more` is run when the command failed: tests that wait for real processes, sockets and
    browsers get a second chance, by themselves and on a quiet machine; both runs are shown.
    """

    chinese: str
    english: str
    command: tuple[str, ...]
    once_more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a step ended, and after how many seconds."""

    step: Step
    passed: bool
    seconds: float


def report_path(root: Path) -> Path:
    """Where pytest leaves its counts."""
    return root / "artefacts" / "pytest.xml"


def steps(environment: Environment, *, fast: bool, pytest_arguments: Sequence[str]) -> list[Step]:
    """The checks, in order; coverage is only judged when the whole suite runs."""
    python = str(environment.program("python"))
    ruff = (python, "-m", "ruff")
    report = f"--junit-xml={report_path(environment.root)}"
    chosen = ("-m", FAST) if fast else ()
    pytest = (python, "-m", "pytest", "--cov", "--cov-report=", report, *chosen, *pytest_arguments)
    checks = [
        Step("代码规范", "ruff check", (*ruff, "check", ".")),
        Step("代码格式", "ruff format", (*ruff, "format", "--check", ".")),
        Step("类型检查", "mypy", (python, "-m", "mypy")),
        Step("分层约定", "lint-imports", (str(environment.program("lint-imports")),)),
        Step("测试", "pytest", pytest, (python, "-m", "pytest", "--last-failed", *LONE, *chosen)),
    ]
    if not fast and not pytest_arguments:
        checks += coverage_steps(python)
    return checks


def coverage_steps(python: str) -> list[Step]:
    """Branch coverage, reported: of the whole product, and of what must be exact."""
    report = (python, "-m", "coverage", "report")
    exact = ("--include=" + ",".join(EXACT),)
    return [
        Step("总覆盖率", "coverage", report),
        Step("规则与编解码覆盖率", "coverage of rules, states, codecs", (*report, *exact)),
    ]


def run_all(checks: Iterable[Step], root: Path) -> list[Outcome]:
    """Run every check in `root`, its output straight to the terminal."""
    report_path(root).unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    outcomes = []
    for step in checks:
        say(f"\n── {step.chinese}", f"── {step.english}")
        started = time.monotonic()
        done = subprocess.run(step.command, cwd=root, env=environment, check=False)
        if done.returncode and step.once_more:
            say("\n── 未通过的再运行一次", "── What failed is run once more")
            done = subprocess.run(step.once_more, cwd=root, env=environment, check=False)
        outcomes.append(Outcome(step, done.returncode == 0, time.monotonic() - started))
    return outcomes


def summary(outcomes: Iterable[Outcome], counts: str) -> str:
    """The table of all steps, closed by pytest's counts."""
    lines = ["", "── 小结", "── Summary"]
    for outcome in outcomes:
        verdict = "通过 passed" if outcome.passed else "失败 FAILED"
        step = outcome.step
        lines.append(f"{verdict}  {outcome.seconds:7.1f} s  {step.chinese} {step.english}")
    return "\n".join([*lines, counts])


def pytest_counts(report: Path) -> str:
    """One line with how many tests passed, failed and were skipped, from pytest's JUnit report."""
    if not report.is_file():
        return "pytest 没有留下结果 pytest left no result"
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - our own

    def total(attribute: str) -> int:
        return sum(int(suite.get(attribute, "0")) for suite in suites)

    failed = total("failures") + total("errors")
    skipped = total("skipped")
    passed = total("tests") - failed - skipped
    return f"pytest: {passed} passed, {failed} failed, {skipped} skipped"
