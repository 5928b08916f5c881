import sys
from pathlib import Path

import pytest

from tooling.environment import Environment
from tooling.gate import Outcome, Step, pytest_counts, run_all, steps, summary

ENVIRONMENT = Environment(Path("/hall"))
PASSING = Step("过", "passing", (sys.executable, "-c", ""))
FAILING = Step("不过", "failing", (sys.executable, "-c", "raise SystemExit(3)"))


def names(*, fast: bool = False, pytest_arguments: tuple[str, ...] = ()) -> list[str]:
    checks = steps(ENVIRONMENT, fast=fast, pytest_arguments=pytest_arguments)
    return [step.english for step in checks]


def test_the_whole_gate_checks_style_types_layers_tests_and_coverage() -> None:
    assert names() == [
        "ruff check",
        "ruff format",
        "mypy",
        "lint-imports",
        "pytest",
        "coverage",
        "coverage of rules, states, codecs",
    ]


@pytest.mark.parametrize(("fast", "arguments"), [(True, ()), (False, ("-k", "queue"))])
def test_coverage_is_not_judged_by_a_part_of_the_tests(
    fast: bool, arguments: tuple[str, ...]
) -> None:
    assert names(fast=fast, pytest_arguments=arguments)[-1] == "pytest"


def test_the_last_word_on_the_tests_is_the_callers() -> None:
    checks = steps(ENVIRONMENT, fast=True, pytest_arguments=["-m", "browser"])
    assert checks[-1].command[-2:] == ("-m", "browser")


def test_every_step_runs_even_after_one_failed(tmp_path: Path) -> None:
    outcomes = run_all([FAILING, PASSING], tmp_path)
    assert [outcome.passed for outcome in outcomes] == [False, True]


def test_the_counts_of_an_earlier_run_are_not_reported_again(tmp_path: Path) -> None:
    report = tmp_path / "artefacts" / "pytest.xml"
    report.parent.mkdir()
    report.write_text('<testsuites><testsuite tests="9"/></testsuites>', encoding="utf-8")
    run_all([PASSING], tmp_path)
    assert pytest_counts(report) == "pytest 没有留下结果 pytest left no result"


def test_errors_in_fixtures_count_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "pytest.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" errors="1" failures="2" skipped="1"/></testsuites>',
        encoding="utf-8",
    )
    assert pytest_counts(report) == "pytest: 5 passed, 3 failed, 1 skipped"


def test_the_summary_names_each_step_and_ends_with_the_counts() -> None:
    table = summary(
        [Outcome(PASSING, True, 0.26), Outcome(FAILING, False, 12.0)], "pytest: 1 passed"
    )
    assert table.splitlines()[-3:] == [
        "通过 passed      0.3 s  过 passing",
        "失败 FAILED     12.0 s  不过 failing",
        "pytest: 1 passed",
    ]
