"""Reads a hall's file into its rows: what is new is added, what is there is brought up to date.

Nothing is deleted: tickets and punches point at these rows. What a file no longer names stays.
"""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from server.catalogue.events import HallChanged
from server.catalogue.guides import Guide, MaterialLine, write_guide
from server.catalogue.hall_file import CounterPart, GroupPart, GuidePart, HallFile, UnitPart
from server.catalogue.models import (
    Category,
    Counter,
    CounterQueue,
    Hall,
    OpeningHours,
    Queue,
    Service,
)
from server.people.models import Person, Unit
from server.work import Work


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How much the hall has after the import."""

    units: int
    people: int
    services: int
    counters: int


def import_hall(work: Work, file: HallFile) -> ImportSummary:
    """Bring the hall's units, staff, services, counters and hours in line with a file."""
    hall = work.session.get_one(Hall, work.hall_id)
    hall.name, hall.name_en, hall.time_zone = file.name, file.name_en, file.time_zone
    for unit in file.units:
        _import_unit(work, unit)
    for position, group in enumerate(file.groups):
        _import_group(work, position, group)
    for guide in file.guides:
        _import_guide(work, guide)
    for counter in file.counters:
        _import_counter(work, counter)
    if file.hours:
        _import_hours(work, file)
    work.session.flush()
    work.audit("hall.import", f"hall:{work.hall_id}", name=file.name)
    work.record(HallChanged(f"hall:{work.hall_id}"))
    return ImportSummary(
        units=_count(work, Unit),
        people=_count(work, Person),
        services=_count(work, Service),
        counters=_count(work, Counter),
    )


def _import_unit(work: Work, part: UnitPart) -> None:
    unit = work.session.scalar(
        select(Unit).where(Unit.hall_id == work.hall_id, Unit.name == part.name)
    )
    if unit is None:
        unit = Unit(hall_id=work.hall_id, name=part.name)
        work.session.add(unit)
    unit.name_en = part.name_en
    work.session.flush()
    known = set(work.session.scalars(select(Person.name).where(Person.unit_id == unit.id)))
    next_number = _count(work, Person) + 1
    for offset, name in enumerate(name for name in part.staff if name not in known):
        work.session.add(
            Person(
                hall_id=work.hall_id,
                unit_id=unit.id,
                staff_number=f"{next_number + offset:03d}",
                name=name,
            )
        )
    work.session.flush()


def _import_group(work: Work, position: int, part: GroupPart) -> None:
    """A group is one category on the kiosk and one queue, found again by its prefix."""
    queue = work.session.scalar(
        select(Queue).where(Queue.hall_id == work.hall_id, Queue.prefix == part.prefix)
    )
    if queue is None:
        queue = Queue(hall_id=work.hall_id, prefix=part.prefix)
        work.session.add(queue)
    queue.name, queue.name_en = part.name, part.name_en
    category = work.session.scalar(
        select(Category).where(Category.hall_id == work.hall_id, Category.name == part.name)
    )
    if category is None:
        category = Category(hall_id=work.hall_id, name=part.name)
        work.session.add(category)
    category.name_en, category.position = part.name_en, position
    work.session.flush()
    unit_id = work.session.scalars(
        select(Unit.id).where(Unit.hall_id == work.hall_id, Unit.name == part.unit)
    ).one()
    for place, (code, name, name_en) in enumerate(part.services):
        service = work.session.scalar(
            select(Service).where(Service.hall_id == work.hall_id, Service.code == code)
        )
        if service is None:
            service = Service(hall_id=work.hall_id, code=code)
            work.session.add(service)
        service.category_id, service.queue_id, service.unit_id = category.id, queue.id, unit_id
        service.position, service.name, service.name_en = place, name, name_en


def _import_guide(work: Work, part: GuidePart) -> None:
    """A guide given in a file replaces the service's."""
    service = work.session.scalars(
        select(Service).where(Service.hall_id == work.hall_id, Service.code == part.service)
    ).one()
    write_guide(
        work,
        service,
        Guide(
            promised_days=part.promised_days,
            telephone=part.telephone,
            real_name=part.real_name,
            materials=tuple(MaterialLine(**one.model_dump()) for one in part.materials),
        ),
    )


def _import_counter(work: Work, part: CounterPart) -> None:
    counter = work.session.scalar(
        select(Counter).where(Counter.hall_id == work.hall_id, Counter.number == part.number)
    )
    if counter is None:
        counter = Counter(hall_id=work.hall_id, number=part.number)
        work.session.add(counter)
    counter.name, counter.name_en = part.name, part.name_en
    work.session.flush()
    work.session.execute(delete(CounterQueue).where(CounterQueue.counter_id == counter.id))
    queue_ids = work.session.scalars(
        select(Queue.id).where(Queue.hall_id == work.hall_id, Queue.prefix.in_(set(part.queues)))
    )
    work.session.add_all(
        CounterQueue(counter_id=counter.id, queue_id=queue_id) for queue_id in queue_ids.all()
    )


def _import_hours(work: Work, file: HallFile) -> None:
    """Hours given in a file replace the hall's."""
    work.session.execute(delete(OpeningHours).where(OpeningHours.hall_id == work.hall_id))
    work.session.add_all(
        OpeningHours(
            hall_id=work.hall_id, weekday=weekday - 1, opens=span.opens, closes=span.closes
        )
        for span in file.hours
        for weekday in span.weekdays
    )


def _count(work: Work, model: type[Unit] | type[Person] | type[Service] | type[Counter]) -> int:
    query = select(func.count()).select_from(model).where(model.hall_id == work.hall_id)
    return work.session.scalar(query) or 0
