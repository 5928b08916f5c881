"""What a citizen must know about a service before taking a number (办事指南)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from server.catalogue.models import Counter, CounterQueue, Service, ServiceMaterial
from server.work import Work


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A document that a citizen must bring."""

    name: str
    name_en: str = ""
    copies: int = 1
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """A service's guide; `promised_days` are working days, 0 on the spot."""

    promised_days: int | None = None
    telephone: str = ""
    real_name: bool = False
    materials: Sequence[MaterialLine] = ()


def write_guide(work: Work, service: Service, guide: Guide) -> None:
    """Replace a service's guide; the list of materials as a whole."""
    service.promised_days = guide.promised_days
    service.telephone = guide.telephone
    service.real_name = guide.real_name
    service.materials = []
    work.session.flush()
    service.materials = [
        ServiceMaterial(
            position=position,
            name=line.name,
            name_en=line.name_en,
            copies=line.copies,
            note=line.note,
            note_en=line.note_en,
        )
        for position, line in enumerate(guide.materials)
    ]
    work.session.flush()


def counter_numbers(work: Work, queue_id: int) -> list[int]:
    """The numbers of the counters that serve a queue: where a service is dealt with."""
    return list(
        work.session.scalars(
            select(Counter.number)
            .join(CounterQueue, CounterQueue.counter_id == Counter.id)
            .where(
                Counter.hall_id == work.hall_id,
                Counter.active,
                CounterQueue.queue_id == queue_id,
            )
            .order_by(Counter.number)
        )
    )
