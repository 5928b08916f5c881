from datetime import date

import pytest

from server.audit import AuditEntry
from server.catalogue.models import Hall
from server.database import Database
from server.devices.events import DeviceHealthChanged
from server.events import EventRow
from server.problems import Conflict
from server.work import NOBODY, SYSTEM, Workplace
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall
from tests.builders.interleaving import meanwhile, on_postgresql

LOST = DeviceHealthChanged(device_id=1, state="lost")


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """An empty hall."""
    return a_hall().build(database, clock)


def sequence(hall: BuiltHall) -> list[int]:
    """The numbers of the hall's events in the order in which they were inserted."""
    with hall.session() as session:
        rows = session.query(EventRow).filter_by(hall_id=hall.id).order_by(EventRow.id)
        return [row.seq for row in rows]


def test_a_unit_of_work_has_one_instant(hall: BuiltHall, clock: HandClock) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        began = work.now
        clock.move(days=1)
        assert (work.now, work.business_date) == (began, date(2026, 9, 14))


def test_what_happened_is_numbered_and_stored_with_it(hall: BuiltHall, clock: HandClock) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        work.record(LOST)
        work.record(LOST)
    with hall.session() as session:
        first, second = session.query(EventRow).order_by(EventRow.seq)
        assert session.get_one(Hall, hall.id).event_seq == 2
    assert (first.seq, second.seq, first.happened_at) == (1, 2, clock())
    assert (first.kind, first.topics, first.payload) == (
        "DeviceHealthChanged",
        ["agents", "kiosk", "supervision"],
        {"device_id": 1, "state": "lost"},
    )


def fail(hall: BuiltHall) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        work.record(LOST)
        work.audit("device.lose", "device:1")
        work.seal()
        raise ZeroDivisionError


def test_what_fails_leaves_no_event_and_no_gap(hall: BuiltHall) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(hall)
    with hall.workplace.write(hall.id, SYSTEM) as work:
        work.record(LOST)
    assert sequence(hall) == [1]
    assert hall.count(AuditEntry) == 0


def test_halls_count_for_themselves(hall: BuiltHall, clock: HandClock) -> None:
    other = a_hall().named("另一个大厅").build(hall.database, clock)
    for each in (hall, other, hall):
        with each.workplace.write(each.id, SYSTEM) as work:
            work.record(LOST)
    assert (sequence(hall), sequence(other)) == ([1, 2], [1])


def test_a_crowd_leaves_no_gap(hall: BuiltHall) -> None:
    def report(_number: int) -> None:
        for _ in range(10):
            with hall.workplace.write(hall.id, SYSTEM) as work:
                work.record(LOST)

    together(8, report)
    assert sorted(sequence(hall)) == list(range(1, 81))


@on_postgresql
def test_the_order_of_numbers_is_the_order_of_commits(hall: BuiltHall) -> None:
    def report() -> None:
        with hall.workplace.write(hall.id, SYSTEM) as work:
            work.record(LOST)

    with meanwhile(hall.database) as other:
        with hall.workplace.write(hall.id, SYSTEM) as work:
            work.record(LOST)
            work.seal()
            work.events.clear()
            second = other.start(report)
            assert not second.done(), "a later number may not be committed first"
            assert sequence(hall) == []
        second.result()
    assert sequence(hall) == [1, 2]


def test_who_belongs_to_no_hall_works_in_the_first(hall: BuiltHall) -> None:
    with hall.workplace.anonymous() as work:
        assert (work.hall_id, work.actor) == (hall.id, NOBODY)


def test_before_a_hall_is_set_up_nobody_works(database: Database, clock: HandClock) -> None:
    with pytest.raises(Conflict), Workplace(database, clock).anonymous():
        pass
