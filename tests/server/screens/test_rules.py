from datetime import UTC, datetime, timedelta

import pytest

from server.screens.rules import NoticeState, notice_state

NOON = datetime(2026, 9, 14, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        (None, None, NoticeState.SHOWN),
        (NOON, None, NoticeState.SHOWN),
        (NOON + SECOND, None, NoticeState.COMING),
        (None, NOON, NoticeState.OVER),
        (None, NOON + SECOND, NoticeState.SHOWN),
        (NOON - 2 * SECOND, NOON - SECOND, NoticeState.OVER),
    ],
)
def test_a_notice_is_shown_from_its_beginning_until_before_its_end(
    begins: datetime | None, ends: datetime | None, state: NoticeState
) -> None:
    assert notice_state(NOON, begins, ends, withdrawn=False) is state


def test_a_withdrawn_one_is_not_shown() -> None:
    assert notice_state(NOON, None, None, withdrawn=True) is NoticeState.WITHDRAWN
