"""The page of papers: what needs a person, and what a person may do."""

from io import BytesIO

import pytest
from PIL import Image

from server.printing.jobs import NewJob, queue_job
from server.printing.models import PaperRoll, PrintJob
from server.printing.states import JobState
from tests.builders.fixtures import site
from tests.builders.site import Site

__all__ = ["site"]

PAGE = "/admin/printing"


@pytest.fixture
def uncertain(site: Site) -> int:
    """A job of which nobody knows whether its paper came out."""
    with site.hall.work("kiosk") as work:
        new = NewJob("A001", "<receipt><cut/></receipt>")
        job = queue_job(work, site.hall.devices["printer"], new)
        job.state = JobState.UNCERTAIN
        return job.id


def test_a_paper_that_needs_a_person_is_shown(site: Site, uncertain: int) -> None:
    page = site.person("desk").look(PAGE).text
    assert "不确定是否出纸" in page
    assert f"{PAGE}/jobs/{uncertain}/reprint" in page


def test_a_reprint_pressed_twice_is_one(site: Site, uncertain: int) -> None:
    desk = site.person("desk")
    for _ in range(2):
        assert desk.submit(f"{PAGE}/jobs/{uncertain}/reprint").status_code == 303
    assert site.hall.count(PrintJob) == 2


def test_a_found_paper_is_no_longer_shown(site: Site, uncertain: int) -> None:
    desk = site.person("desk")
    desk.submit(f"{PAGE}/jobs/{uncertain}/leave")
    assert "没有需要处理的票" in desk.look(PAGE).text


def test_a_new_roll_and_a_trial_page(site: Site) -> None:
    desk = site.person("desk")
    for action in ("roll", "trial"):
        desk.submit(f"{PAGE}/printers/{site.hall.devices['printer']}/{action}")
    assert (site.hall.count(PaperRoll), site.hall.count(PrintJob)) == (1, 1)


def test_a_sample_is_a_picture_as_wide_as_the_printers_paper(site: Site) -> None:
    path = f"{PAGE}/preview/ticket.png?printer={site.hall.devices['printer']}"
    picture = Image.open(BytesIO(site.person("desk").look(path).data))
    assert picture.width == 576 + 2 * 32


def test_a_sample_that_is_not_there(site: Site) -> None:
    assert site.person("desk").look(f"{PAGE}/preview/banknote.png").status_code == 404


def test_a_logo_is_printed_on_samples(site: Site) -> None:
    admin = site.person("admin")
    without = admin.look(f"{PAGE}/preview/ticket.png").data
    file = BytesIO()
    Image.new("L", (200, 80)).save(file, "PNG")
    file.seek(0)
    admin.submit(f"{PAGE}/logo", logo=(file, "logo.png"))
    assert admin.look(f"{PAGE}/preview/ticket.png").data != without
