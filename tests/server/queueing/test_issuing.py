from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.catalogue.models import Queue, Service, ServiceHours
from server.database import Database
from server.devices.models import DeviceKind
from server.events import EventRow
from server.people.models import Role
from server.problems import NotFound
from server.queueing.issuing import HallClosed, QuotaReached, issue_ticket
from server.queueing.models import Period, Ticket
from server.queueing.states import TicketState
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import HallDescription, a_hall

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALL = a_hall().with_queue("A").with_queue("B")
# Each is a midnight in Shanghai, where a server in UTC still has the afternoon before.
MIDNIGHT = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)
BEFORE_MIDNIGHT = datetime(2026, 9, 14, 15, 59, 59, tzinfo=UTC)


def test_numbers_of_a_queue_are_contiguous(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    labels = [hall.take("A").ticket.label for _ in range(3)]
    assert labels == ["A001", "A002", "A003"]


def test_each_queue_has_a_series_of_its_own(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    labels = [hall.take(prefix).ticket.label for prefix in "ABA"]
    assert labels == ["A001", "B001", "A002"]


def test_a_series_begins_where_the_queue_says(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_queue("C", first_number=500, width=4).build(database, clock)
    assert [hall.take("C").ticket.label for _ in range(2)] == ["C0500", "C0501"]


def test_numbers_begin_again_at_the_halls_midnight(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    clock.set(BEFORE_MIDNIGHT)
    last = hall.take("A").ticket
    clock.set(MIDNIGHT)
    first = hall.take("A").ticket
    assert (last.label, first.label) == ("A001", "A001")
    assert (last.business_date, first.business_date) == (date(2026, 9, 14), date(2026, 9, 15))


def test_the_hosts_midnight_changes_nothing(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    clock.set(datetime(2026, 9, 14, 23, 59, tzinfo=UTC))
    hall.take("A")
    clock.set(datetime(2026, 9, 15, 0, 1, tzinfo=UTC))
    assert hall.take("A").ticket.label == "A002"


@pytest.mark.parametrize("start", [MIDNIGHT, datetime(2026, 9, 14, 3, tzinfo=UTC)])
def test_a_clock_set_back_repeats_no_number(
    database: Database, clock: HandClock, start: datetime
) -> None:
    hall = HALL.build(database, clock)
    clock.set(BEFORE_MIDNIGHT)
    taken = [hall.take("A").ticket]
    clock.set(start)
    taken.append(hall.take("A").ticket)
    clock.move(hours=-2)
    taken.append(hall.take("A").ticket)
    assert len({(ticket.business_date, ticket.number) for ticket in taken}) == 3


def test_a_ticket_says_how_many_wait_before_it(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    assert [hall.take(prefix).ahead for prefix in "AABA"] == [0, 1, 0, 2]


def test_a_ticket_begins_to_wait_when_it_is_taken(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    ticket = hall.take("A").ticket
    with hall.session() as session:
        period = session.query(Period).one()
    assert (period.ticket_id, period.state, period.started_at, period.ended_at) == (
        ticket.id,
        TicketState.WAITING,
        clock(),
        None,
    )


def test_taking_a_number_is_told(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    hall.take("A")
    with hall.session() as session:
        event = session.query(EventRow).one()
    assert (event.seq, event.kind, event.topics) == (
        1,
        "TicketIssued",
        ["counters", "display", "kiosk"],
    )


def test_an_unknown_service_has_no_number(database: Database, clock: HandClock) -> None:
    hall = HALL.with_clerks(1).build(database, clock)
    with pytest.raises(NotFound), hall.work("clerk1") as work:
        issue_ticket(work, 987_654)


def test_a_service_no_longer_offered_has_no_number(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    with database.write() as session:
        session.get_one(Service, hall.services["A"]).active = False
    with pytest.raises(NotFound):
        hall.take("A")


def test_another_halls_service_has_no_number_here(database: Database, clock: HandClock) -> None:
    elsewhere = a_hall().with_queue("A").build(database, clock)
    hall = HALL.named("另一个大厅").with_clerks(1).build(database, clock)
    with pytest.raises(NotFound), hall.work("clerk1") as work:
        issue_ticket(work, elsewhere.services["A"])


class TestOpeningHours:
    """Monday 8:00 to 12:00 and 14:30 to 17:30, Shanghai time (第一篇 五.1)."""

    @pytest.fixture
    def description(self) -> HallDescription:
        return (
            a_hall()
            .with_queue("A")
            .open_on(0, time(8), time(12))
            .open_on(0, time(14, 30), time(17, 30))
        )

    @pytest.mark.parametrize("local", [time(8), time(11, 59, 59), time(14, 30), time(17, 29, 59)])
    def test_tickets_are_given(
        self, database: Database, clock: HandClock, description: HallDescription, local: time
    ) -> None:
        hall = description.build(database, clock)
        clock.set(datetime.combine(date(2026, 9, 14), local, SHANGHAI))
        assert hall.take("A").ticket.label == "A001"

    @pytest.mark.parametrize("local", [time(7, 59, 59), time(12), time(14, 29), time(17, 30)])
    def test_outside_them_nothing_is_given(
        self, database: Database, clock: HandClock, description: HallDescription, local: time
    ) -> None:
        hall = description.build(database, clock)
        clock.set(datetime.combine(date(2026, 9, 14), local, SHANGHAI))
        with pytest.raises(HallClosed):
            hall.take("A")
        assert hall.count(Ticket) == 0

    def test_a_day_without_hours_gives_nothing(
        self, database: Database, clock: HandClock, description: HallDescription
    ) -> None:
        hall = description.build(database, clock)
        clock.move(days=1)
        with pytest.raises(HallClosed):
            hall.take("A")


def set_quota(hall: BuiltHall, cases: int) -> None:
    with hall.database.write() as session:
        session.get_one(Service, hall.services["A"]).daily_quota = cases


class TestQuota:
    def test_after_the_last_case_nothing_is_given(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = HALL.build(database, clock)
        set_quota(hall, 2)
        hall.take("A")
        hall.take("A")
        with pytest.raises(QuotaReached):
            hall.take("A")
        assert hall.take("B").ticket.label == "B001"

    def test_a_refused_ticket_leaves_no_gap_in_the_numbers(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = HALL.build(database, clock)
        set_quota(hall, 1)
        hall.take("A")
        with pytest.raises(QuotaReached):
            hall.take("A")
        set_quota(hall, 2)
        assert hall.take("A").ticket.label == "A002"

    def test_a_ticket_for_several_cases_uses_as_many(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = HALL.build(database, clock)
        set_quota(hall, 3)
        hall.take("A", cases=2)
        with pytest.raises(QuotaReached):
            hall.take("A", cases=2)
        assert hall.take("A").ticket.cases == 1

    def test_of_two_who_want_the_last_one_one_gets_it(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = HALL.build(database, clock)
        set_quota(hall, 1)

        def take(_citizen: int) -> bool:
            try:
                hall.take("A")
            except QuotaReached:
                return False
            return True

        assert sorted(together(2, take)) == [False, True]
        assert hall.count(Ticket) == 1

    def test_a_new_day_has_a_new_quota(self, database: Database, clock: HandClock) -> None:
        hall = HALL.build(database, clock)
        set_quota(hall, 1)
        hall.take("A")
        clock.move(days=1)
        hall.start_server()
        assert hall.take("A").ticket.label == "A001"


def test_a_series_ends_where_the_queue_says(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    with database.write() as session:
        session.query(Queue).filter_by(prefix="A").one().last_number = 2
    hall.take("A")
    hall.take("A")
    with pytest.raises(QuotaReached):
        hall.take("A")


def test_a_service_may_have_taking_hours_of_its_own(database: Database, clock: HandClock) -> None:
    hall = HALL.build(database, clock)
    hours = ServiceHours(service_id=hall.services["A"], weekday=0, opens=time(14), closes=time(16))
    with database.write() as session:
        session.add(hours)
    with pytest.raises(HallClosed):
        hall.take("A")
    clock.move(hours=5)
    assert hall.take("A").ticket.label == "A001"


def test_who_holds_a_ticket_is_served_after_closing(database: Database, clock: HandClock) -> None:
    description = a_hall().with_queue("A").with_clerks(1).open_on(0, time(8), time(12))
    hall = description.build(database, clock)
    hall.take("A")
    clock.move(hours=4)
    with pytest.raises(HallClosed):
        hall.take("A")
    assert hall.clerk(1).next().label == "A001"


@pytest.mark.parametrize(("who", "audited"), [("desk", ["ticket.issue"]), ("kiosk", [])])
def test_a_ticket_that_a_person_gives_is_in_the_audit_chain(
    database: Database, clock: HandClock, who: str, audited: list[str]
) -> None:
    staffed = HALL.with_staff(Role.GUIDANCE_DESK, "desk").with_device(DeviceKind.KIOSK, "kiosk")
    hall = staffed.build(database, clock)
    with hall.work(who) as work:
        issue_ticket(work, hall.services["A"])
    with hall.session() as session:
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.actor == hall.actor(who).label)
        )
        assert list(actions) == audited
