"""The manager's pages of the queue."""

from server.queueing.grades import Grade
from server.queueing.ratings import rate_ticket
from server.queueing.states import TicketAction
from tests.builders.fixtures import site
from tests.builders.site import Site, document

__all__ = ["site"]


def test_the_hall_now(site: Site) -> None:
    site.hall.take("A")
    supervisor = site.person("supervisor")
    assert document(supervisor.get("/api/queue/now"))["queues"][0]["waiting"] == 1
    assert "没有开放的窗口" in supervisor.look("/admin/queue").text


def test_an_alarm_is_answered_on_the_page(site: Site) -> None:
    site.hall.clerk(1)
    counter = site.hall.counters[1]
    assert site.person("clerk1").send(f"/api/counters/{counter}/alarm").status_code == 201
    supervisor = site.person("supervisor")
    assert "1 号窗口请求帮助" in supervisor.look("/admin/queue").text
    [alarm] = document(supervisor.get("/api/queue/now"))["alarms"]
    supervisor.submit(f"/admin/queue/alarms/{alarm['id']}/answer")
    assert document(supervisor.get("/api/queue/now"))["alarms"] == []


def test_a_counter_whose_clerk_has_gone_is_taken_back_on_the_page(site: Site) -> None:
    site.hall.clerk(1)
    supervisor = site.person("supervisor")
    take_back = f"/admin/queue/counters/{site.hall.counters[1]}/take-back"
    assert take_back in supervisor.look("/admin/queue").text
    assert supervisor.submit(take_back).status_code == 303
    assert take_back not in supervisor.look("/admin/queue").text


def test_the_hall_does_not_hear_of_an_alarm(site: Site) -> None:
    site.hall.clerk(1)
    before = site.device("display").get("/api/display").json
    site.person("clerk1").send(f"/api/counters/{site.hall.counters[1]}/alarm")
    after = site.device("display").get("/api/display").json
    assert before is not None
    assert after is not None
    assert (after["calls"], after["waiting"]) == (before["calls"], before["waiting"])


def test_a_complaint_is_settled_on_the_page(site: Site) -> None:
    ticket = site.hall.take("A").ticket
    clerk = site.hall.clerk(1)
    clerk.next()
    clerk.press(TicketAction.FINISH)
    with site.hall.work("clerk1") as work:
        rating = rate_ticket(work, ticket.id, Grade.DISSATISFIED, "材料要求没有说清").id
    supervisor = site.person("supervisor")
    assert "材料要求没有说清" in supervisor.look("/admin/queue").text
    supervisor.submit(f"/admin/queue/complaints/{rating}/settle", outcome="已致电说明")
    assert "材料要求没有说清" not in supervisor.look("/admin/queue").text


def test_statistics_as_page_data_and_files(site: Site) -> None:
    site.hall.take("A")
    supervisor = site.person("supervisor")
    assert "A 类业务" in supervisor.look("/admin/queue/statistics").text
    [row] = document(supervisor.get("/api/queue/statistics?by=hour"))["rows"]
    assert (row["name"], row["tickets"]) == ("09:00", 1)
    assert "A 类业务" in supervisor.get("/admin/queue/statistics.csv").text
    assert supervisor.get("/admin/queue/statistics.xlsx").data[:2] == b"PK"


def test_a_span_that_ends_before_it_begins_is_refused(site: Site) -> None:
    answer = site.person("supervisor").get("/api/queue/statistics?first=2026-09-14&last=2026-09-13")
    assert answer.status_code == 422


def test_a_day_again(site: Site) -> None:
    site.hall.take("A")
    answer = site.person("supervisor").get(
        "/api/queue/replay?day=2026-09-14&at=2026-09-14T09:05:00%2B08:00"
    )
    assert [ticket["label"] for ticket in document(answer)["tickets"]] == ["A001"]


def test_clerks_do_not_see_it(site: Site) -> None:
    assert site.person("clerk1").get("/api/queue/now").status_code == 403


def test_a_day_is_shown_as_a_chart_and_as_numbers(site: Site) -> None:
    site.hall.take("A")
    page = site.person("supervisor").look("/admin/queue/replay").text
    assert 'role="img"' in page
    assert 'data-first="2026-09-14T09:00:00+08:00"' in page


def test_a_day_without_numbers_says_so(site: Site) -> None:
    page = site.person("supervisor").look("/admin/queue/replay?day=2020-01-01").text
    assert "这一天没有人取号" in page
    assert "<svg" not in page
