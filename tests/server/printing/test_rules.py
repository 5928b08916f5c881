"""How long paper lasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.printing.rules import LEAST_SPAN, Forecast, RollUse, forecast

NOW = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
USE = RollUse(50_000, 10_000, 100, papers=60, since=NOW - timedelta(hours=1))


def test_what_is_left_at_todays_pace() -> None:
    left = forecast(USE, NOW, near_end=False)
    assert left == Forecast(400, NOW + timedelta(minutes=400))


def test_the_sensor_knows_better_than_the_count() -> None:
    left = forecast(USE, NOW, near_end=True)
    assert left is not None
    assert left.papers_left == 30


def test_a_roll_that_lasted_longer_than_its_length_has_nothing_left() -> None:
    left = forecast(replace(USE, used_mm=60_000), NOW, near_end=False)
    assert left == Forecast(0, NOW)


@pytest.mark.parametrize("unknown", [replace(USE, roll_mm=0), replace(USE, average_mm=0)])
def test_what_is_not_known_is_not_guessed(unknown: RollUse) -> None:
    assert forecast(unknown, NOW, near_end=False) is None


def test_without_a_paper_today_there_is_no_pace() -> None:
    assert forecast(replace(USE, papers=0), NOW, near_end=False) == Forecast(400, None)


def test_a_pace_over_a_moment_is_chance() -> None:
    short = replace(USE, since=NOW - LEAST_SPAN / 2)
    assert forecast(short, NOW, near_end=False) == Forecast(400, None)
