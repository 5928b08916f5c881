"""Programs of the system that tests run; where one is missing, that is said loudly."""

import os
from pathlib import Path

import pytest

from tooling.system_packages import SystemPackage, distribution

ABSENT = pytest.StashKey[set[str]]()


def need(stash: pytest.Stash, package: SystemPackage) -> Path:
    """Path of the package's program; without it the test is skipped, and under CI=true it fails."""
    path = package.find()
    if path is not None:
        return path
    name = package.name_on(distribution())
    stash.setdefault(ABSENT, set()).add(name)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed", pytrace=False)
    pytest.skip(f"{name} is not installed")


def absent_lines(stash: pytest.Stash) -> list[str]:
    """What the run ends with when something could not be tested."""
    names: set[str] = stash.setdefault(ABSENT, set())
    return [
        f"没有安装 {name}，用到它的测试没有运行。NOT TESTED, for {name} is not installed."
        for name in sorted(names)
    ]
