"""One-time notices (一次性告知单): all that a service asks for, told once and on paper."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from server.catalogue.guides import counter_numbers
from server.catalogue.models import Service
from server.i18n import N_
from server.people.models import Unit
from server.printing.jobs import NewJob, queue_job, ticket_printer
from server.printing.models import PrintJob
from server.printing.receipts import Material, Notice, notice_receipt
from server.problems import NotFound
from server.work import Work

ON_THE_SPOT = "当场办结"
NOT_SAID = "请到窗口咨询"
TITLE = "{service} 告知单"


def tell_materials(work: Work, service_id: int, missing: Collection[int]) -> PrintJob | None:
    """Queue a notice of all materials, with those marked that were not brought (row numbers).

    None where there is no printer: the screen is all there is. Raises NotFound.
    """
    service = _service_with_materials(work, service_id)
    printer_id = ticket_printer(work, work.actor.device_id)
    if work.actor.is_person:
        work.audit("notice.tell", f"service:{service.id}", missing=sorted(missing))
    if printer_id is None:
        return None
    markup = notice_receipt(work, _notice(work, service, missing))
    return queue_job(work, printer_id, NewJob(TITLE.format(service=service.name), markup))


def _service_with_materials(work: Work, service_id: int) -> Service:
    service = work.session.scalar(
        select(Service)
        .where(Service.id == service_id, Service.hall_id == work.hall_id, Service.active)
        .options(joinedload(Service.queue), selectinload(Service.materials))
    )
    if service is None or not service.materials:
        raise NotFound(N_("这个事项没有材料清单，请到导办台咨询"))
    return service


def _notice(work: Work, service: Service, missing: Collection[int]) -> Notice:
    unit = work.session.get(Unit, service.unit_id) if service.unit_id is not None else None
    return Notice(
        service=service.name,
        unit=unit.name if unit is not None else NOT_SAID,
        materials=[Material(one.name, one.copies, one.note) for one in service.materials],
        missing=[one.name for one in service.materials if one.id in missing],
        time_limit=_time_limit(service.promised_days),
        place=_place(counter_numbers(work, service.queue_id)),
        telephone=service.telephone or NOT_SAID,
    )


def _time_limit(days: int | None) -> str:
    if days is None:
        return NOT_SAID
    return f"{days} 个工作日" if days else ON_THE_SPOT


def _place(numbers: list[int]) -> str:
    return f"{'、'.join(map(str, numbers))} 号窗口" if numbers else NOT_SAID
