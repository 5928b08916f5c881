import pytest
from sqlalchemy import delete, select, update

from server.audit import AuditEntry, broken_links
from server.catalogue.models import Hall
from server.database import Database
from server.work import SYSTEM
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A hall in which a clerk did three things, a minute apart."""
    hall = a_hall().with_clerks(1).build(database, clock)
    for number in range(3):
        clock.move(minutes=1, microseconds=number)
        with hall.work("clerk1") as work:
            work.audit("window.wipe", f"window:{number}", 原因="擦玻璃", times=number)
    return hall


def broken(hall: BuiltHall) -> list[int]:
    with hall.session() as session:
        return broken_links(session, session.get_one(Hall, hall.id))


def entries(hall: BuiltHall) -> list[int]:
    with hall.session() as session:
        return list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def test_an_entry_says_who_did_what_when(hall: BuiltHall, clock: HandClock) -> None:
    with hall.session() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (last.actor, last.action, last.subject, last.details, last.at) == (
        hall.actor("clerk1").label,
        "window.wipe",
        "window:2",
        {"原因": "擦玻璃", "times": 2},
        clock(),
    )


def test_an_untouched_chain_is_whole(hall: BuiltHall) -> None:
    assert broken(hall) == []


def test_a_chain_without_entries_is_whole(database: Database, clock: HandClock) -> None:
    assert broken(a_hall().build(database, clock)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"actor": "account:0"},
        {"action": "window.break"},
        {"subject": "window:9"},
        {"details": {"原因": "打碎了", "times": 1}},
        {"at": HandClock()()},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_entry_is_found(hall: BuiltHall, values: dict[str, object]) -> None:
    second = entries(hall)[1]
    with hall.database.write() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == second).values(**values))
    assert broken(hall) == [second]


def test_a_removed_entry_shows_at_the_one_after_it(hall: BuiltHall) -> None:
    first, second, third = entries(hall)
    with hall.database.write() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == second))
    assert broken(hall) == [third]
    assert first in entries(hall)


def test_a_removed_last_entry_shows_at_the_halls_own_seal(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == entries(hall)[-1]))
    assert broken(hall) == [0]


def test_an_entry_slipped_in_is_found(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        forged = AuditEntry(
            hall_id=hall.id,
            at=hall.workplace.clock(),
            actor="account:1",
            action="nothing",
            subject="",
            details={},
            seal="0" * 64,
        )
        session.add(forged)
        session.flush()
        forged_id = forged.id
    assert broken(hall) == [forged_id, 0]


def test_each_hall_has_a_chain_of_its_own(hall: BuiltHall, clock: HandClock) -> None:
    other = a_hall().named("另一个大厅").build(hall.database, clock)
    with other.workplace.write(other.id, SYSTEM) as work:
        work.audit("door.open", "door:1")
    assert (broken(hall), broken(other)) == ([], [])
