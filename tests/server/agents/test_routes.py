"""What an agent asks and tells about its devices."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from server.devices.models import Device
from server.printing.logos import logo_digest, set_logo
from server.printing.models import PaperRoll, PrintJob
from tests.builders.built import BuiltHall
from tests.server.agents.conftest import AGENT, BUS, PRINTER, ApiAgent

Tell = Callable[[str, str], int]


@pytest.fixture
def tell(agent: ApiAgent, hall: BuiltHall) -> Tell:
    """Tell the printer's health; the answer's status."""

    def send(state: str, detail: str) -> int:
        report = {"device_id": hall.devices[PRINTER], "state": state, "detail": detail}
        return agent.post("/health", {"devices": [report]}).status

    return send


def test_a_refilled_printer_has_a_new_roll(tell: Tell, hall: BuiltHall) -> None:
    for state, detail in (("ok", "ready"), ("attention", "paper_end"), ("ok", "ready")):
        assert tell(state, detail) == 204
    assert hall.count(PaperRoll) == 1


def test_a_closed_cover_is_no_new_roll(tell: Tell, hall: BuiltHall) -> None:
    for state, detail in (("attention", "cover_open"), ("ok", "ready")):
        tell(state, detail)
    assert hall.count(PaperRoll) == 0


def test_another_agents_device_is_none_of_its_business(tell: Tell, hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.get_one(Device, hall.devices[PRINTER]).agent_id = None
    assert tell("ok", "ready") == 404


def test_a_printer_is_told_of_its_logo(agent: ApiAgent, hall: BuiltHall) -> None:
    file = BytesIO()
    Image.new("L", (8, 8)).save(file, "PNG")
    with hall.work(AGENT) as work:
        set_logo(work, file.getvalue())
        digest = logo_digest(work)
    options = {device["name"]: device["options"] for device in agent.get("/desired")["devices"]}
    assert options[PRINTER]["logo"] == digest
    assert "logo" not in options[BUS]
    assert agent.download(f"/receipt-logos/{digest}") == file.getvalue()


def test_a_job_goes_from_claim_to_printed(agent: ApiAgent, hall: BuiltHall) -> None:
    job_id = agent.queue_paper("A001")
    claimed = agent.post(f"/printers/{hall.devices[PRINTER]}/claim", None).body
    for state in ("sending", "printed"):
        body = {"attempt": claimed["attempt"], "state": state, "paper_mm": 92}
        assert agent.post(f"/print-jobs/{job_id}/report", body).status == 200
    with hall.session() as session:
        job = session.get_one(PrintJob, job_id)
        assert (job.state, job.paper_mm) == ("printed", 92)


def test_nothing_to_print(agent: ApiAgent, hall: BuiltHall) -> None:
    assert agent.post(f"/printers/{hall.devices[PRINTER]}/claim", None).status == 204


def test_nobody_without_an_agents_credential(agent: ApiAgent) -> None:
    assert agent.client.get("/api/agent/desired").status_code == 401
