"""Writes what a hall's description names into the database, and says under which row numbers."""

from collections.abc import Iterable
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.catalogue.models import Category, Counter, CounterQueue, OpeningHours, Queue, Service
from server.devices.models import PAIRED_KINDS, Device, DeviceKind
from server.people.models import Account, Person, Role, Unit
from server.work import Actor

UNUSABLE_HASH = "!"  # no password fits; who needs one is given it by the test


def add_hours(session: Session, hall_id: int, spans: Iterable[tuple[int, time, time]]) -> None:
    """Opening hours: weekday (Monday = 0), from, until."""
    session.add_all(
        OpeningHours(hall_id=hall_id, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in spans
    )


def add_queues(
    session: Session, hall_id: int, queues: Iterable[tuple[str, int, int]]
) -> dict[str, int]:
    """Queues by prefix, first number and width, each with one service; the services by prefix."""
    category = Category(hall_id=hall_id, position=0, name="综合", name_en="General")
    session.add(category)
    session.flush()
    services: dict[str, int] = {}
    for position, (prefix, first, width) in enumerate(queues):
        name, name_en = f"{prefix} 类业务", f"Matters of {prefix}"
        queue = Queue(
            hall_id=hall_id,
            name=name,
            name_en=name_en,
            prefix=prefix,
            first_number=first,
            width=width,
        )
        session.add(queue)
        session.flush()
        service = Service(
            hall_id=hall_id,
            category_id=category.id,
            queue_id=queue.id,
            position=position,
            code=f"{prefix}01",
            name=name,
            name_en=name_en,
        )
        session.add(service)
        session.flush()
        services[prefix] = service.id
    return services


def add_counters(
    session: Session, hall_id: int, counters: Iterable[tuple[int, str]]
) -> dict[int, int]:
    """Counters by number and the prefixes that they serve."""
    queues = {
        queue.prefix: queue.id
        for queue in session.scalars(select(Queue).where(Queue.hall_id == hall_id))
    }
    ids: dict[int, int] = {}
    for number, serving in counters:
        counter = Counter(
            hall_id=hall_id, number=number, name=f"{number} 号窗口", name_en=f"Counter {number}"
        )
        session.add(counter)
        session.flush()
        session.add_all(
            CounterQueue(counter_id=counter.id, queue_id=queues[prefix]) for prefix in serving
        )
        ids[number] = counter.id
    return ids


def add_devices(
    session: Session, hall_id: int, devices: Iterable[tuple[DeviceKind, str]]
) -> dict[str, int]:
    """Devices by kind and name; those that are not paired are run by the last agent named."""
    ids: dict[str, int] = {}
    agent_id: int | None = None
    for kind, name in devices:
        device = Device(
            hall_id=hall_id,
            kind=kind,
            name=name,
            agent_id=None if kind in PAIRED_KINDS else agent_id,
        )
        session.add(device)
        session.flush()
        ids[name] = device.id
        if kind is DeviceKind.AGENT:
            agent_id = device.id
    return ids


def add_staff(
    session: Session, hall_id: int, staff: Iterable[tuple[Role, str]]
) -> dict[str, Actor]:
    """Accounts by role and user name, each of a person of one unit, as actors."""
    unit = Unit(hall_id=hall_id, name="行政审批局", name_en="Approval Bureau")
    session.add(unit)
    session.flush()
    actors: dict[str, Actor] = {}
    for number, (role, username) in enumerate(staff, start=1):
        person = Person(
            hall_id=hall_id, unit_id=unit.id, staff_number=f"{number:03d}", name="张示例"
        )
        session.add(person)
        session.flush()
        account = Account(
            hall_id=hall_id,
            person_id=person.id,
            username=username,
            password_hash=UNUSABLE_HASH,
            role=role,
        )
        session.add(account)
        session.flush()
        actors[username] = Actor(f"account:{account.id}", account_id=account.id, is_person=True)
    return actors
