"""The page of papers: what needs a person, and what a person may do."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from server.printing.jobs import NewJob, queue_job
from server.printing.models import PaperRoll, PrintJob
from server.printing.states import JobState
from tests.builders.built import BuiltHall
from tests.server.admin.conftest import ADMINISTRATOR, CLERK, DESK, KIOSK, PRINTER, Person

SignIn = Callable[[str], Person]
PAGE = "/admin/printing"


@pytest.fixture
def uncertain(hall: BuiltHall) -> int:
    with hall.work(KIOSK) as work:
        job = queue_job(work, hall.devices[PRINTER], NewJob("A001", "<receipt><cut/></receipt>"))
        job.state = JobState.UNCERTAIN
        return job.id


def test_a_paper_that_needs_a_person_is_shown(sign_in: SignIn, uncertain: int) -> None:
    page = sign_in(DESK).look(PAGE).text
    assert "不确定是否出纸" in page
    assert f"/admin/printing/jobs/{uncertain}/reprint" in page


def test_a_reprint_pressed_twice_is_one(sign_in: SignIn, hall: BuiltHall, uncertain: int) -> None:
    desk = sign_in(DESK)
    for _ in range(2):
        assert desk.submit(PAGE, f"{PAGE}/jobs/{uncertain}/reprint").status_code == 200
    assert hall.count(PrintJob) == 2


def test_a_found_paper_is_no_longer_shown(sign_in: SignIn, uncertain: int) -> None:
    page = sign_in(DESK).submit(PAGE, f"{PAGE}/jobs/{uncertain}/leave").text
    assert "没有需要处理的票" in page


def test_a_new_roll_and_a_trial_page(sign_in: SignIn, hall: BuiltHall) -> None:
    desk = sign_in(DESK)
    for action in ("roll", "trial"):
        desk.submit(PAGE, f"{PAGE}/printers/{hall.devices[PRINTER]}/{action}")
    assert (hall.count(PaperRoll), hall.count(PrintJob)) == (1, 1)


def test_a_sample_is_a_picture_as_wide_as_the_printers_paper(
    sign_in: SignIn, hall: BuiltHall
) -> None:
    path = f"{PAGE}/preview/ticket.png?printer={hall.devices[PRINTER]}"
    picture = Image.open(BytesIO(sign_in(DESK).look(path).data))
    assert picture.width == 576 + 2 * 32


def test_a_sample_that_is_not_there(sign_in: SignIn) -> None:
    assert sign_in(DESK).look(f"{PAGE}/preview/banknote.png").status_code == 404


def test_a_logo_is_printed_on_samples(sign_in: SignIn) -> None:
    admin = sign_in(ADMINISTRATOR)
    without = admin.look(f"{PAGE}/preview/ticket.png").data
    file = BytesIO()
    Image.new("L", (200, 80)).save(file, "PNG")
    file.seek(0)
    admin.submit(PAGE, f"{PAGE}/logo", {"logo": (file, "logo.png")})
    assert admin.look(f"{PAGE}/preview/ticket.png").data != without


def test_only_an_administrator_changes_the_logo(sign_in: SignIn) -> None:
    assert sign_in(DESK).submit(PAGE, f"{PAGE}/logo").status_code == 403


def test_a_clerk_has_no_business_here(sign_in: SignIn) -> None:
    assert sign_in(CLERK).look(PAGE).status_code == 403
