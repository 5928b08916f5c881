"""What every test runs under: fixtures of the services, Hypothesis profiles, and house checks."""

import os
import sys
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

from tests.services import artefacts, programs

# Each after those whose module it imports: pytest wants to be the first to import them.
pytest_plugins = (
    "tests.services.children",
    "tests.services.chromium",
    "tests.services.postgresql",
    "tests.services.redis",
    "tests.services.databases",
)

MARKER_OF_FIXTURE = {
    "chromium": "browser",
    "postgresql_server": "postgresql",
    "redis_port": "redis",
}

# No database of examples: a run depends on nothing that an earlier run left. The gate repeats the
# same examples each time; a developer's runs look for new ones.
settings.register_profile("dev", database=None, deadline=None)
settings.register_profile("ci", database=None, deadline=None, derandomize=True, max_examples=200)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the services it uses, so that `-m` can leave them out."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know how the test went."""
    report = yield
    artefacts.remember(item, report)
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """End with a loud line for each thing that could not be tested on this machine."""
    for line in programs.absent_lines(config.stash):
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(autouse=True)
def unpatched_process() -> Iterator[None]:
    """Fail the test that lets gevent replace the standard library inside the test process."""
    yield
    monkey = sys.modules.get("gevent.monkey")
    assert monkey is None or not monkey.saved, "gevent patched the test process"
