from server.catalogue.models import Category, Counter
from server.catalogue.views import categories, counters, hall, hall_is_open
from server.database import Database
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
