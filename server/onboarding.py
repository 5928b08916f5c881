"""What a new hall still needs before its first day, told from what is really there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select

from server.catalogue.models import Counter, CounterQueue, OpeningHours, Service
from server.devices.models import PAIRED_KINDS, Device
from server.people.models import Account, Role
from server.printing.models import PrintJob
from server.printing.staff import TRIAL_TITLE
from server.printing.states import JobState
from server.security.invitations import UNUSABLE_HASH
from server.work import Work


class Task(StrEnum):
    """Something that must be done, in this order."""

    HOURS = "hours"
    SERVICES = "services"
    COUNTERS = "counters"
    STAFF = "staff"
    DEVICES = "devices"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class Step:
    """A task and whether it is done."""

    task: Task
    done: bool


def onboarding(work: Work) -> list[Step]:
    """Every task, done or not."""
    return [
        Step(task, done=work.session.scalar(proof(work.hall_id).limit(1)) is not None)
        for task, proof in PROOFS.items()
    ]


def _hours(hall_id: int) -> Select[int]:
    return select(OpeningHours.id).where(OpeningHours.hall_id == hall_id)


def _services(hall_id: int) -> Select[int]:
    return select(Service.id).where(Service.hall_id == hall_id, Service.active)


def _counters(hall_id: int) -> Select[int]:
    return (
        select(Counter.id)
        .join(CounterQueue, CounterQueue.counter_id == Counter.id)
        .where(Counter.hall_id == hall_id, Counter.active)
    )


def _staff(hall_id: int) -> Select[int]:
    return select(Account.id).where(
        Account.hall_id == hall_id,
        Account.active,
        Account.role == Role.CLERK,
        Account.password_hash != UNUSABLE_HASH,
    )


def _devices(hall_id: int) -> Select[int]:
    return select(Device.id).where(
        Device.hall_id == hall_id, Device.active, Device.kind.in_(PAIRED_KINDS)
    )


def _printing(hall_id: int) -> Select[int]:
    return select(PrintJob.id).where(
        PrintJob.hall_id == hall_id,
        PrintJob.title == TRIAL_TITLE,
        PrintJob.state.in_((JobState.PRINTED, JobState.SENT_UNCONFIRMED)),
    )


PROOFS: dict[Task, Callable[[int], Select[int]]] = {
    Task.HOURS: _hours,
    Task.SERVICES: _services,
    Task.COUNTERS: _counters,
    Task.STAFF: _staff,
    Task.DEVICES: _devices,
    Task.PRINTING: _printing,
}
