"""What the database holds, read from outside, and what must be true of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from server.devices.models import Device, HealthState
from server.printing.models import PrintJob
from server.printing.states import JobState
from server.queueing.models import Ticket
from tests.faults.citizens import Promise
from tests.faults.installation import Installation
from tests.services.waiting import wait_until

SETTLED = frozenset({JobState.PRINTED, JobState.UNCERTAIN, JobState.SENT_UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Books:
    """Tickets by row number, and how far the paper of each label has come."""

    tickets: Mapping[int, Ticket]
    jobs: Mapping[str, JobState]

    def labels(self, state: JobState) -> set[str]:
        """The labels whose print jobs are in this state."""
        return {label for label, found in self.jobs.items() if found is state}


def read_books(installation: Installation) -> Books:
    """Read them; each ticket has exactly one print job."""
    with installation.open_database() as database, database.read() as session:
        tickets = {ticket.id: ticket for ticket in session.scalars(select(Ticket))}
        jobs = session.scalars(select(PrintJob)).all()
    assert Counter(job.ticket_id for job in jobs) == Counter(tickets.keys())
    labels = {ticket.id: ticket.label for ticket in tickets.values()}
    return Books(tickets, {labels[job.ticket_id or 0]: job.state for job in jobs})


def job_states(installation: Installation) -> list[JobState]:
    """The print jobs' states, in the order in which they were queued."""
    with installation.open_database() as database, database.read() as session:
        return list(session.scalars(select(PrintJob.state).order_by(PrintJob.id)))


def wait_for_settled_jobs(installation: Installation, *, seconds: float) -> None:
    """Wait until no print job is on its way any more."""
    with installation.open_database() as database:

        def settled() -> bool:
            count = select(func.count()).where(PrintJob.state.not_in(SETTLED))
            with database.read() as session:
                return session.scalar(count) == 0

        wait_until(settled, "the last paper", seconds=seconds)


def health_of(installation: Installation, device: str) -> HealthState:
    """How a device is, as the hall knows it."""
    with installation.open_database() as database, database.read() as session:
        return session.get_one(Device, installation.devices[device]).health


def assert_promises_kept(promises: Collection[Promise], books: Books) -> None:
    """Each press has its one ticket, as it was shown, and there are no others."""
    by_key: dict[str, set[int]] = {}
    for promise in promises:
        assert books.tickets[promise.ticket_id].label == promise.label
        by_key.setdefault(promise.key, set()).add(promise.ticket_id)
    assert all(len(ids) == 1 for ids in by_key.values())
    assert len(by_key) == len(books.tickets)


def assert_numbers_contiguous(books: Books) -> None:
    """No number is missing or was given twice."""
    series: dict[int, list[int]] = {}
    for ticket in books.tickets.values():
        series.setdefault(ticket.queue_id, []).append(ticket.number)
    assert all(sorted(given) == list(range(1, len(given) + 1)) for given in series.values())


def assert_papers_true(papers: Counter[str], books: Books) -> None:
    """Every paper has a row, none came out twice, and `printed` is said of those that came out."""
    printed = books.labels(JobState.PRINTED)
    assert max(papers.values(), default=0) <= 1
    assert printed <= papers.keys() <= printed | books.labels(JobState.UNCERTAIN)
