"""What a new hall still needs."""

from server.onboarding import Task, onboarding
from server.printing.models import PrintJob
from server.printing.staff import print_trial
from server.printing.states import JobState
from tests.builders.fixtures import site
from tests.builders.site import Site

__all__ = ["site"]


def open_tasks(site: Site) -> list[Task]:
    with site.hall.work("admin") as work:
        return [step.task for step in onboarding(work) if not step.done]


def test_a_hall_without_accounts_and_paper(site: Site) -> None:
    assert open_tasks(site) == [Task.STAFF, Task.PRINTING]


def test_a_trial_page_counts_when_it_came_out(site: Site) -> None:
    with site.hall.work("admin") as work:
        job_id = print_trial(work, site.hall.devices["printer"]).id
    assert Task.PRINTING in open_tasks(site)
    with site.hall.database.write() as session:
        session.get_one(PrintJob, job_id).state = JobState.PRINTED
    assert Task.PRINTING not in open_tasks(site)


def test_the_administrator_alone_is_told(site: Site) -> None:
    assert "开业准备" in site.person("admin").look("/").text
    assert "开业准备" not in site.person("supervisor").look("/").text
