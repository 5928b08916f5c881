"""A hall's file becomes its rows, again and again without doubling anything."""

from pathlib import Path

import pytest
from sqlalchemy import select

from server.catalogue.hall_file import HallFileError, read_hall_file
from server.catalogue.importing import import_hall
from server.catalogue.models import Counter, CounterQueue, OpeningHours, Queue, Service
from server.database import Database
from server.people.models import Person, Role, Unit
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

SAMPLE = Path("config/sample/hall.toml").read_text(encoding="utf-8")

SMALL = """
name = "小镇便民服务大厅"
name_en = "Town Service Hall"

[[hours]]
weekdays = [1, 2, 3, 4, 5]
opens = "08:00"
closes = "12:00"

[[units]]
name = "民政局"
name_en = "Civil Affairs"
staff = ["赵示例", "钱示例"]

[[groups]]
name = "民政事务"
name_en = "Civil affairs"
prefix = "M"
unit = "民政局"
services = [["M01", "结婚登记", "Marriage"]]

[[counters]]
number = 21
name = "民政窗口"
name_en = "Civil affairs"
queues = "M"
"""


def test_the_sample_hall_is_a_county_hall(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_staff(Role.ADMINISTRATOR, "admin").build(database, clock)
    with hall.work("admin") as work:
        summary = import_hall(work, read_hall_file(SAMPLE))
    assert summary.units >= 10
    assert summary.people >= 40


def test_a_second_import_changes_nothing(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_staff(Role.ADMINISTRATOR, "admin").build(database, clock)
    tables = (Unit, Person, Queue, Service, Counter, CounterQueue, OpeningHours)
    with hall.work("admin") as work:
        import_hall(work, read_hall_file(SMALL))
    before = [hall.count(table) for table in tables]
    with hall.work("admin") as work:
        import_hall(work, read_hall_file(SMALL))
    assert [hall.count(table) for table in tables] == before


def test_a_changed_name_is_brought_up_to_date(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_staff(Role.ADMINISTRATOR, "admin").build(database, clock)
    with hall.work("admin") as work:
        import_hall(work, read_hall_file(SMALL))
    with hall.work("admin") as work:
        import_hall(work, read_hall_file(SMALL.replace("结婚登记", "婚姻登记")))
    with hall.session() as session:
        assert session.scalars(select(Service.name).where(Service.code == "M01")).one() == (
            "婚姻登记"
        )


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (SMALL.replace('unit = "民政局"', 'unit = "财政局"'), "财政局"),
        (SMALL.replace('queues = "M"', 'queues = "X"'), "X"),
        (SMALL.replace("number = 21", "number = 0"), "counters.0.number"),
        (SMALL + SMALL[SMALL.index("[[counters]]") :], "21"),
        (SMALL.replace("[[units]]", "[[unit]]"), "unit"),
        ("name =", "Invalid value"),
    ],
)
def test_a_wrong_file_says_where(wrong: str, named: str) -> None:
    with pytest.raises(HallFileError, match=named):
        read_hall_file(wrong)
