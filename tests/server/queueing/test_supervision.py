"""What the manager sees: now, then, and over days; alarms and complaints."""

import csv
import io
import zipfile
from datetime import date, timedelta

import pytest

from server.database import Database
from server.events import EventRow
from server.people.models import Role
from server.problems import Conflict
from server.queueing.alarms import answer_alarm, open_alarms, raise_alarm
from server.queueing.exporting import as_csv, as_excel
from server.queueing.grades import Grade
from server.queueing.ratings import open_complaints, rate_ticket, settle_complaint
from server.queueing.replay import hall_then
from server.queueing.states import TicketAction
from server.queueing.statistics import By, Row, statistics
from server.queueing.supervision import HallNow, hall_now
from tests.builders.built import BuiltHall
from tests.builders.clock import MORNING, HandClock
from tests.builders.hall import a_hall

A = TicketAction
DAY = date(2026, 9, 14)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_queue("A").with_clerks(2).build(database, clock)


def serve(hall: BuiltHall, clock: HandClock) -> int:
    """Wait ten minutes, walk one, be served for twenty."""
    ticket = hall.take("A").ticket
    clerk = hall.clerk(1)
    clock.move(minutes=10)
    clerk.next()
    clock.move(minutes=1)
    clerk.press(A.START)
    clock.move(minutes=20)
    clerk.press(A.FINISH)
    return ticket.id


def now(hall: BuiltHall) -> HallNow:
    with hall.work("clerk1") as work:
        return hall_now(work)


def rows(hall: BuiltHall, by: By) -> list[Row]:
    with hall.work("clerk1") as work:
        return statistics(work, DAY, DAY, by)


class TestNow:
    def test_queues_and_counters_are_shown(self, hall: BuiltHall, clock: HandClock) -> None:
        for _ in range(2):
            hall.take("A")
        hall.clerk(1).next()
        clock.move(minutes=7)
        view = now(hall)
        assert (view.queues[0].waiting, view.queues[0].longest_minutes) == (1, 7)
        first = view.counters[0]
        assert (first.ticket, first.state, first.minutes) == ("A001", "called", 7)

    def test_a_calm_hall_warns_of_nothing(self, hall: BuiltHall) -> None:
        hall.clerk(1)
        hall.take("A")
        assert now(hall).warnings == []

    def test_a_long_wait_warns(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.clerk(1)
        hall.take("A")
        clock.move(minutes=40)
        [alert] = now(hall).warnings
        assert alert.parameters == {"name": "A 类业务", "minutes": "40"}

    def test_people_before_closed_counters_warn(self, hall: BuiltHall) -> None:
        hall.take("A")
        assert ["没有开放的窗口" in alert.sentence for alert in now(hall).warnings] == [True]

    def test_counters_of_other_queues_do_not_count(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = a_hall().with_queue("A").with_clerks(1).with_queue("B").build(database, clock)
        hall.clerk(1)
        hall.take("B")
        [alert] = now(hall).warnings
        assert ("没有开放的窗口" in alert.sentence, alert.parameters["name"]) == (True, "B 类业务")

    def test_many_before_the_counters_that_serve_them_warn(
        self, database: Database, clock: HandClock
    ) -> None:
        description = a_hall().with_queue("A").with_clerks(1).with_queue("B").with_counter(2, "B")
        description = description.with_staff(Role.CLERK, "clerk2")
        hall = description.with_queue_settings(warn_waiting_per_counter=2).build(database, clock)
        hall.clerk(1)
        hall.clerk(2)
        for _ in range(3):
            hall.take("B")
        [alert] = now(hall).warnings
        assert alert.parameters == {"name": "B 类业务", "count": "3"}

    def test_a_long_service_warns(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.take("A")
        hall.clerk(1).next()
        clock.move(minutes=45)
        [alert] = now(hall).warnings
        assert alert.parameters["label"] == "A001"

    def test_a_clock_that_leapt_is_told(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.start_server()
        clock.move(days=1)
        hall.look_at_clock()
        assert now(hall).warnings[0].parameters == {"date": "2026-09-15"}


class TestThen:
    def test_a_day_is_seen_again(self, hall: BuiltHall, clock: HandClock) -> None:
        serve(hall, clock)
        seen = []
        with hall.work("clerk1") as work:
            for minutes in (5, 10, 15, 31):
                then = hall_then(work, DAY, MORNING + timedelta(minutes=minutes))
                seen.append([(one.label, one.state, one.counter) for one in then.tickets])
        assert seen == [
            [("A001", "waiting", None)],
            [("A001", "called", 1)],
            [("A001", "serving", 1)],
            [],
        ]


class TestStatistics:
    @pytest.mark.parametrize(
        ("by", "name"),
        [(By.SERVICE, "A 类业务"), (By.COUNTER, "01"), (By.CLERK, "张示例"), (By.HOUR, "09:00")],
    )
    def test_times_are_minutes(self, hall: BuiltHall, clock: HandClock, by: By, name: str) -> None:
        serve(hall, clock)
        [row] = rows(hall, by)
        assert (row.name, row.served, row.waiting, row.walking, row.service) == (
            name,
            1,
            10.0,
            1.0,
            20.0,
        )

    def test_who_left_or_was_missed_is_counted(self, hall: BuiltHall) -> None:
        hall.walk_out(hall.take("A").ticket)
        hall.take("A")
        clerk = hall.clerk(1)
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        [row] = rows(hall, By.SERVICE)
        assert (row.tickets, row.walked_out, row.no_shows, row.served) == (2, 1, 1, 0)


class TestExport:
    def test_a_formula_stays_a_text_in_csv(self) -> None:
        text = as_csv(["name"], [["=1+1"], ["-3 号"], ["A"]]).decode("utf-8-sig")
        assert [row[0] for row in csv.reader(io.StringIO(text))] == ["name", "'=1+1", "'-3 号", "A"]

    def test_a_formula_stays_a_text_in_excel(self) -> None:
        with zipfile.ZipFile(io.BytesIO(as_excel("统计", ["name"], [["=1+1"]]))) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
            assert b"=1+1" in book.read("xl/sharedStrings.xml")


class TestAlarm:
    def test_it_is_told_to_the_supervision_alone(self, hall: BuiltHall) -> None:
        clerk = hall.clerk(1)
        for _ in range(2):
            with hall.work("clerk1") as work:
                raise_alarm(work, clerk.counter_id)
        with hall.session() as session:
            [event] = session.query(EventRow).filter_by(kind="AlarmRaised")
        assert event.topics == ["supervision"]
        assert [alarm.number for alarm in now(hall).alarms] == [1]

    def test_an_answered_one_is_over(self, hall: BuiltHall) -> None:
        clerk = hall.clerk(1)
        with hall.work("clerk1") as work:
            number = raise_alarm(work, clerk.counter_id).id
        with hall.work("clerk2") as work:
            answer_alarm(work, number)
            assert open_alarms(work) == []


class TestComplaints:
    def test_a_bad_rating_is_due_in_five_working_days(
        self, hall: BuiltHall, clock: HandClock
    ) -> None:
        ticket = serve(hall, clock)
        with hall.work("clerk1") as work:
            rate_ticket(work, ticket, Grade.DISSATISFIED, "等候时间太长")
        with hall.work("clerk1") as work:
            [complaint] = open_complaints(work)
        assert (complaint.reason, complaint.due_on) == ("等候时间太长", date(2026, 9, 19))

    def test_a_good_one_is_nobodys_task(self, hall: BuiltHall, clock: HandClock) -> None:
        ticket = serve(hall, clock)
        with hall.work("clerk1") as work:
            rate_ticket(work, ticket, Grade.SATISFIED)
            assert open_complaints(work) == []

    def test_it_is_settled_once(self, hall: BuiltHall, clock: HandClock) -> None:
        ticket = serve(hall, clock)
        with hall.work("clerk1") as work:
            number = rate_ticket(work, ticket, Grade.DISSATISFIED).id
        with hall.work("clerk2") as work:
            settle_complaint(work, number, "已致电致歉")
        with pytest.raises(Conflict), hall.work("clerk2") as work:
            settle_complaint(work, number, "再次处理")
