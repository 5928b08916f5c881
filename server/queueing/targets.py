"""Where a ticket can be sent on to: services, staffed counters, clerks on duty."""

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.catalogue.models import Counter, Service
from server.people.masking import mask_name
from server.queueing.models import CounterDuty
from server.queueing.staffing import find_counter
from server.work import Work


class ServiceTarget(BaseModel):
    """A service of the hall."""

    service_id: int
    name: str
    name_en: str


class CounterTarget(BaseModel):
    """A counter where somebody is, and who: either may be the target."""

    counter_id: int
    number: int
    name: str
    name_en: str
    account_id: int
    clerk: str


class TransferTargets(BaseModel):
    """All targets of a transfer."""

    services: list[ServiceTarget]
    counters: list[CounterTarget]


def transfer_targets(work: Work, counter_id: int) -> TransferTargets:
    """The targets from a counter, itself left out. Raises NotFound."""
    find_counter(work, counter_id)
    services = work.session.scalars(
        select(Service)
        .where(Service.hall_id == work.hall_id, Service.active)
        .order_by(Service.category_id, Service.position)
    )
    duties = work.session.execute(
        select(Counter, CounterDuty)
        .join(CounterDuty, CounterDuty.counter_id == Counter.id)
        .where(
            Counter.hall_id == work.hall_id,
            Counter.id != counter_id,
            CounterDuty.left_at.is_(None),
        )
        .options(joinedload(CounterDuty.account))
        .order_by(Counter.number)
    )
    return TransferTargets(
        services=[
            ServiceTarget(service_id=row.id, name=row.name, name_en=row.name_en) for row in services
        ],
        counters=[_target(counter, duty) for counter, duty in duties],
    )


def _target(counter: Counter, duty: CounterDuty) -> CounterTarget:
    person = duty.account.person
    return CounterTarget(
        counter_id=counter.id,
        number=counter.number,
        name=counter.name,
        name_en=counter.name_en,
        account_id=duty.account_id,
        clerk=mask_name(person.name) if person else duty.account.username,
    )
