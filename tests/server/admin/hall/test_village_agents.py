"""An administrator looks after the agents; the desk takes numbers and books by their code."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.people.models import VillageAgent
from server.queueing.counter_view import counter_snapshot
from tests.builders.fixtures import site
from tests.builders.site import Site, document

__all__ = ["site"]

PAGE = "/admin/hall/agents"
AGENT = {"code": "d01", "name": "李示例", "village": "示例村"}


@pytest.fixture
def agent(site: Site) -> int:
    """An agent whose code is D01."""
    assert site.person("admin").submit(f"{PAGE}/add", **AGENT).status_code == 303
    with site.hall.session() as session:
        return session.scalars(select(VillageAgent.id)).one()


def test_the_name_is_masked_in_the_list_and_the_audit(site: Site, agent: int) -> None:
    listed = site.person("admin").look(PAGE).text
    assert ("李**" in listed, "李示例" in listed) == (True, False)
    with site.hall.session() as session:
        action = AuditEntry.action == "village_agent.add"
        entry = session.scalars(select(AuditEntry).where(action)).one()
    assert (entry.subject, "李" in str(entry.details)) == (f"village_agent:{agent}", False)


@pytest.mark.usefixtures("agent")
def test_a_code_is_given_once(site: Site) -> None:
    answer = site.person("admin").submit(f"{PAGE}/add", **{**AGENT, "code": "D01"})
    assert 'id="code-error">这个编号已有代办员在用' in answer.text


@pytest.mark.usefixtures("agent")
def test_a_number_taken_for_somebody_else_says_so_at_desk_and_counter(site: Site) -> None:
    desk = site.person("desk")
    body = {"service_id": site.hall.services["A"], "agent_code": "d01"}
    assert desk.send("/api/tickets", body).status_code == 201
    [found] = document(desk.get("/api/desk/tickets?label=A001"))["tickets"]
    clerk = site.hall.clerk(1)
    clerk.next()
    with site.hall.work("clerk1") as work:
        in_hand = counter_snapshot(work, clerk.counter_id).ticket
    assert in_hand is not None
    assert [found["agent"], in_hand.agent] == ["李** 示例村 D01"] * 2


@pytest.mark.usefixtures("agent")
def test_the_list_counts_what_was_taken_for_others(site: Site) -> None:
    body = {"service_id": site.hall.services["A"], "agent_code": "D01"}
    for _ in range(2):
        site.person("desk").send("/api/tickets", body)
    assert '<td class="number">2</td>' in site.person("admin").look(PAGE).text


@pytest.mark.usefixtures("agent")
def test_an_appointment_for_somebody_else_says_so(site: Site) -> None:
    desk = site.person("desk")
    at = (site.hall.workplace.clock() + timedelta(hours=1)).astimezone(site.hall.zone)
    day = at.date().isoformat()
    offer = {"service_id": site.hall.services["A"], "day": day, "capacity": 1}
    [slot] = document(
        desk.send("/api/appointments/slots", {**offer, "starts": [at.time().isoformat()]})
    )["slots"]
    booking = {"slot_id": slot["id"], "agent_code": "D01"}
    assert desk.send("/api/appointments", booking).status_code == 201
    [booked] = document(desk.get(f"/api/appointments?day={day}"))["appointments"]
    assert booked["agent"] == "李** 示例村 D01"


def test_a_retired_agent_takes_no_number(site: Site, agent: int) -> None:
    admin, desk = site.person("admin"), site.person("desk")
    body = {"service_id": site.hall.services["A"], "agent_code": "D01"}
    admin.submit(f"{PAGE}/{agent}/retire")
    refused = desk.send("/api/tickets", body).status_code
    admin.submit(f"{PAGE}/{agent}/use")
    assert (refused, desk.send("/api/tickets", body).status_code) == (404, 201)
