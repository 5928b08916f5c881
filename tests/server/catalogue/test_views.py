"""What the hall offers, and which days it works."""

from dataclasses import replace
from datetime import date, time

from server.catalogue.calendar import DayKind
from server.catalogue.calendar_days import CalendarDay
from server.catalogue.models import Category, Counter
from server.catalogue.views import categories, counters, hall, hall_is_open, working_day_after
from server.database import Database
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

HALL = a_hall().with_queue("B").with_queue("A").with_counter(2).with_counter(1)


def test_the_hall_of_the_work_is_found(database: Database, clock: HandClock) -> None:
    a_hall().named("一号大厅").build(database, clock)
    second = a_hall().named("二号大厅").build(database, clock)
    with second.workplace.read(second.id) as work:
        assert hall(work).name == "二号大厅"


def test_categories_come_in_the_order_of_the_kiosks_pages(
    database: Database, clock: HandClock
) -> None:
    built = HALL.build(database, clock)
    with database.write() as session:
        session.add(Category(hall_id=built.id, position=-1, name="咨询", name_en="Questions"))
    with built.workplace.read(built.id) as work:
        found = [(row.name, [service.code for service in row.services]) for row in categories(work)]
    assert found == [("咨询", []), ("综合", ["B01", "A01"])]


def test_another_halls_services_are_not_offered(database: Database, clock: HandClock) -> None:
    built = HALL.build(database, clock)
    other = a_hall().with_queue("Z").build(database, clock)
    with other.workplace.read(other.id) as work:
        codes = [service.code for row in categories(work) for service in row.services]
    assert codes == ["Z01"]
    assert built.id != other.id


def test_counters_in_use_come_by_number(database: Database, clock: HandClock) -> None:
    built = HALL.with_counter(3).build(database, clock)
    with database.write() as session:
        session.get_one(Counter, built.counters[2]).active = False
    with built.workplace.read(built.id) as work:
        assert [counter.number for counter in counters(work)] == [1, 3]


def test_whether_tickets_are_given_now(database: Database, clock: HandClock) -> None:
    always = a_hall().build(database, clock)
    with always.workplace.read(always.id) as work:
        assert hall_is_open(work)


def test_working_days_are_counted_by_the_weekdays_on_which_the_hall_opens(
    database: Database, clock: HandClock
) -> None:
    built = weekdays_hall(database, clock)
    with built.workplace.read(built.id) as work:
        assert working_day_after(work, date(2026, 9, 17), 3) == date(2026, 9, 22)


def test_a_holiday_is_no_working_day_and_a_make_up_day_is(
    database: Database, clock: HandClock
) -> None:
    built = weekdays_hall(database, clock)
    with database.write() as session:
        for day, kind in ((18, DayKind.HOLIDAY), (20, DayKind.MAKE_UP)):
            row = CalendarDay(hall_id=built.id, day=date(2026, 9, day), kind=kind, name="中秋")
            session.add(row)
    with built.workplace.read(built.id) as work:
        counted = [working_day_after(work, date(2026, 9, 17), days) for days in (1, 2)]
    assert counted == [date(2026, 9, 20), date(2026, 9, 21)]


def test_a_hall_that_never_opens_has_no_working_days(database: Database, clock: HandClock) -> None:
    built = replace(a_hall(), hours=()).build(database, clock)
    with built.workplace.read(built.id) as work:
        assert working_day_after(work, date(2026, 9, 17), 5) == date(2026, 9, 17)


def weekdays_hall(database: Database, clock: HandClock) -> BuiltHall:
    """Open from Monday to Friday."""
    description = a_hall()
    for weekday in range(5):
        description = description.open_on(weekday, time(9), time(17))
    return description.build(database, clock)
