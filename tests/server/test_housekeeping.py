from datetime import timedelta

import pytest
from sqlalchemy import select

from server import housekeeping
from server.database import Database
from server.devices.models import DeviceKind
from server.devices.pairing import request_pairing
from server.events import EventRow
from server.housekeeping import KEEPINGS, Keeping, tidy
from server.idempotency import once
from server.people.models import Account, Role
from server.queueing.holders import Holder
from server.queueing.issuing import Wish, issue
from server.security.accounts import open_session
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

SHIFT = timedelta(hours=12)
SECOND = timedelta(seconds=1)


def rest() -> None:
    """Nobody waits."""


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A hall in which something of each kind has happened."""
    hall = a_hall().with_queue("A").with_staff(Role.GUIDANCE_DESK, "desk").build(database, clock)
    happen(hall)
    return hall


def happen(hall: BuiltHall) -> None:
    """A command, a pairing, a login, a ticket for a card, an event."""
    with hall.work("desk") as work:
        once(work, work.now.isoformat(), "nothing", {}, dict)
        request_pairing(work, DeviceKind.KIOSK, SHIFT)
        account = work.session.get_one(Account, work.actor.account_id)
        open_session(work.session, account, now=work.now, valid=SHIFT)
        issue(work, Wish([hall.services["A"]], holder=Holder("示例甲", "000000199001010018")))


@pytest.mark.parametrize("keeping", KEEPINGS, ids=lambda keeping: keeping.table.__name__)
def test_each_is_kept_for_its_time_and_not_longer(
    hall: BuiltHall, clock: HandClock, keeping: Keeping
) -> None:
    with hall.session() as session:
        [instant] = session.scalars(select(keeping.instant))
    clock.set(instant + keeping.keep)
    tidy(hall.workplace, rest)
    assert hall.count(keeping.table) == 1
    clock.set(instant + keeping.keep + SECOND)
    tidy(hall.workplace, rest)
    assert hall.count(keeping.table) == 0


def test_a_long_table_is_emptied_in_steps_between_which_others_run(
    hall: BuiltHall, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "STEP_ROWS", 2)
    for _ in range(4):
        clock.move(seconds=1)
        hall.take("A")
    clock.move(days=31)
    hall.take("A")
    rests: list[None] = []
    tidy(hall.workplace, lambda: rests.append(None))
    assert hall.count(EventRow) == 2  # the day began, and the last ticket
    assert len(rests) > len(KEEPINGS)


def test_a_round_ends_however_much_there_is(
    hall: BuiltHall, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "STEP_ROWS", 1)
    monkeypatch.setattr(housekeeping, "MOST_STEPS", 2)
    for _ in range(4):
        hall.take("A")
    clock.move(days=31)
    tidy(hall.workplace, rest)
    assert hall.count(EventRow) == 3


def test_to_do_it_again_changes_nothing(hall: BuiltHall, clock: HandClock) -> None:
    clock.move(days=31)
    assert tidy(hall.workplace, rest) == len(KEEPINGS)
    assert tidy(hall.workplace, rest) == 0
