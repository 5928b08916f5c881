"""What a run leaves for a person to look at, in `artefacts/` (not under version control)."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "artefacts"
REPORTS = pytest.StashKey[list[pytest.TestReport]]()


def folder_of(node: pytest.Item | pytest.Collector) -> Path:
    """The folder of one test, named after it; made when missing."""
    name = re.sub(r"[^\w.=-]+", "-", node.nodeid).strip("-")
    folder = FOLDER / "tests" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def remember(item: pytest.Item, report: pytest.TestReport) -> None:
    """Keep a phase's report, so that fixtures know when they end how the test went."""
    item.stash.setdefault(REPORTS, []).append(report)


def has_failed(node: pytest.Item | pytest.Collector) -> bool:
    """Whether a phase of this test that is over has failed."""
    return any(report.failed for report in node.stash.get(REPORTS, []))
