"""The log of announcements by itself: the real module in a real browser, with time set by hand."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.demo_hall import DemoHall
from tests.services.chromium import Screens

# Feeds snapshots to an Announcer; `steps` are [now, [[call, called at], …]], in seconds;
# the latest call ever is the highest of them, or a third value.
RUN = """
async ({ steps, last }) => {
  const { Announcer } = await import("/static/display/announcer.js");
  const said = [];
  let now = 0;
  const memory = { last };
  const announcer = new Announcer({
    announce: async (call, more) => said.push([call.id, more]),
    now: () => now * 1000,
    memory,
  });
  for (const [at, calls, latest] of steps) {
    now = at;
    const last_call = latest ?? Math.max(0, ...calls.map(([id]) => id));
    await announcer.take({ fresh_seconds: 30, last_call, calls: calls.map(([id, called]) =>
      ({ id, called_at: new Date(called * 1000).toISOString() })) });
  }
  return { said, last: memory.last };
}
"""


@pytest.fixture
def blank(screens: Screens, demo_hall: DemoHall) -> Page:
    """A page of the hall's own origin without scripts of its own."""
    return screens.open(f"{demo_hall.address}/livez")


def run(page: Page, steps: list[Any], last: int | None = 0) -> dict[str, Any]:
    """What was said (call, whether more followed), and the last call remembered."""
    outcome: dict[str, Any] = page.evaluate(RUN, {"steps": steps, "last": last})
    return outcome


def test_calls_are_said_oldest_first(blank: Page) -> None:
    assert run(blank, [[100, [[3, 99], [2, 98]]]])["said"] == [[2, True], [3, False]]


def test_a_call_is_said_once_however_often_it_is_seen(blank: Page) -> None:
    assert run(blank, [[100, [[2, 98]]], [101, [[3, 101], [2, 98]]]])["said"] == [
        [2, False],
        [3, False],
    ]


def test_what_was_said_before_a_reload_is_not_said_again(blank: Page) -> None:
    assert run(blank, [[100, [[3, 99], [2, 98]]]], last=2)["said"] == [[3, False]]


def test_a_stale_call_is_passed_over_and_remembered(blank: Page) -> None:
    assert run(blank, [[100, [[2, 69]]]]) == {"said": [], "last": 2}


def test_a_new_log_begins_anew(blank: Page) -> None:
    """The hall's data was replaced: its calls count from one again."""
    assert run(blank, [[100, [[1, 99]]]], last=500) == {"said": [[1, False]], "last": 1}


def test_a_new_screen_begins_with_the_calls_to_come(blank: Page) -> None:
    steps = [[100, [[2, 99]]], [101, [[3, 101], [2, 99]]]]
    assert run(blank, steps, last=None)["said"] == [[3, False]]


def test_an_empty_day_keeps_what_was_said_last(blank: Page) -> None:
    assert run(blank, [[100, []], [101, [[7, 100]]]], last=7)["said"] == []


def test_after_a_call_was_taken_back_nothing_is_said_again(blank: Page) -> None:
    steps = [[100, [[3, 99], [2, 98]]], [101, [[2, 98]], 3]]
    assert run(blank, steps)["said"] == [[2, True], [3, False]]


def test_a_call_that_was_taken_back_before_it_was_said_is_passed_over(blank: Page) -> None:
    steps = [[100, [[2, 98]]], [101, [[2, 98]], 3], [102, [[4, 102], [2, 98]]]]
    assert run(blank, steps)["said"] == [[2, False], [4, False]]


def test_the_only_call_of_the_day_no_longer_stands_when_it_was_taken_back(blank: Page) -> None:
    assert not blank.evaluate(
        """async () => (await import("/static/display/announcer.js")).stands({ id: 1 }, [])"""
    )
