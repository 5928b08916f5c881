"""An administrator adds and changes counters, and says what they serve."""

from datetime import time

from sqlalchemy import select

from server.catalogue.models import Counter, CounterQueue, Queue
from server.queueing.staffing import open_counter
from tests.builders.fixtures import site
from tests.builders.site import Site

__all__ = ["site"]

PAGE = "/admin/hall/counters"


def queue_of(site: Site) -> int:
    with site.hall.session() as session:
        return session.scalars(select(Queue.id)).one()


def served_by(site: Site, number: int) -> CounterQueue:
    with site.hall.session() as session:
        return session.scalars(
            select(CounterQueue).join(Counter).where(Counter.number == number)
        ).one()


def test_a_counter_helps_a_queue_for_some_hours(site: Site) -> None:
    admin, queue = site.person("admin"), queue_of(site)
    fields = {f"rank-{queue}": "2", f"times-{queue}": "9:00-11:00"}
    assert admin.submit(f"{PAGE}/add", number="7", name="综合", **fields).status_code == 303
    row = served_by(site, 7)
    assert (row.rank, row.opens, row.closes) == (2, time(9), time(11))
    shown = admin.look(f"{PAGE}/{row.counter_id}").text
    assert f'name="times-{queue}" type="text" value="09:00-11:00"' in shown
    assert "忙时帮忙" in admin.look(PAGE).text


def test_a_fault_is_said_at_the_queue_that_it_is_about(site: Site) -> None:
    queue = queue_of(site)
    fields = {f"rank-{queue}": "2", f"times-{queue}": "9:00-11:00 13:00-14:00"}
    answer = site.person("admin").submit(f"{PAGE}/add", number="7", name="综合", **fields)
    assert f'id="times-{queue}-error">最多填 1 段' in answer.text


def test_a_queue_of_nowhere_is_refused(site: Site) -> None:
    answer = site.person("admin").submit(f"{PAGE}/add", number="7", name="综", **{"rank-99": "1"})
    assert answer.status_code == 422


def test_a_number_has_one_counter(site: Site) -> None:
    answer = site.person("admin").submit(f"{PAGE}/add", number="1", name="又一个")
    assert 'id="number-error">这个号码已有窗口在用' in answer.text


def test_a_counter_with_a_clerk_stays_in_use(site: Site) -> None:
    admin, counter = site.person("admin"), site.hall.counters[1]
    with site.hall.work("clerk1") as work:
        open_counter(work, counter)
    admin.submit(f"{PAGE}/{counter}/retire")
    assert "这个窗口现在有工作人员" in admin.look(PAGE).text


def test_a_counter_is_retired_and_comes_back(site: Site) -> None:
    admin, counter = site.person("admin"), site.hall.counters[1]
    admin.submit(f"{PAGE}/{counter}/retire")
    assert "恢复使用" in admin.look(f"{PAGE}/{counter}").text
    admin.submit(f"{PAGE}/{counter}/use")
    assert "停用这个窗口" in admin.look(f"{PAGE}/{counter}").text
