"""Services, as an administrator edits them."""

from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import delete, select

from server.catalogue.categories import Position
from server.catalogue.editing import Part, check_free, give_names, own_english
from server.catalogue.events import HallChanged
from server.catalogue.guides import Guide, MaterialLine, write_guide
from server.catalogue.materials import Materials
from server.catalogue.models import Category, Queue, Service, ServiceHours
from server.catalogue.weeks import WeekForm, days_of
from server.filling import FieldFault, Name, RowNumber, Words, WrongFields
from server.i18n import N_
from server.people.models import Unit
from server.work import Work

LONGEST_CODE = 20
MOST_A_DAY = 9_999
LONGEST_MINUTES = 480
LONGEST_PROMISE = 999


def _code(text: str) -> str:
    if len(text) > LONGEST_CODE or not (text.isascii() and text.isprintable()):
        raise ValueError(N_("事项编码只能用字母、数字和符号，最多 20 个"))
    return text


class ServiceForm(WeekForm):
    """A service, its guide and the times in which its tickets are given.

    With no times at all it goes by the hall's hours.
    """

    code: Annotated[str, AfterValidator(_code)]
    name: Name
    name_en: Words = ""
    category_id: RowNumber
    queue_id: RowNumber
    unit_id: RowNumber | None = None
    position: Position = 0
    daily_quota: Annotated[int, Field(ge=1, le=MOST_A_DAY)] | None = None
    usual_minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] | None = None
    promised_days: Annotated[int, Field(ge=0, le=LONGEST_PROMISE)] | None = None
    telephone: Annotated[Words, Field(max_length=40)] = ""
    real_name: bool = False
    materials: Materials = ()


def _read(work: Work, service: Service) -> ServiceForm:
    hours = work.session.scalars(select(ServiceHours).where(ServiceHours.service_id == service.id))
    return ServiceForm.model_validate(
        {
            "code": service.code,
            "name": service.name,
            "name_en": own_english(service),
            "category_id": service.category_id,
            "queue_id": service.queue_id,
            "unit_id": service.unit_id,
            "position": service.position,
            "daily_quota": service.daily_quota,
            "usual_minutes": service.usual_minutes,
            "promised_days": service.promised_days,
            "telephone": service.telephone,
            "real_name": service.real_name,
            "materials": [
                MaterialLine(one.name, one.name_en, one.copies, one.note, one.note_en)
                for one in service.materials
            ],
            **days_of(hours),
        }
    )


def _write(work: Work, service: Service, form: ServiceForm) -> None:
    check_free(work, service, "code", Service.code == form.code, N_("这个编码已有事项在用"))
    _check_there(work, "category_id", Category, form.category_id)
    _check_there(work, "queue_id", Queue, form.queue_id)
    if form.unit_id is not None:
        _check_there(work, "unit_id", Unit, form.unit_id)
    give_names(service, form.name, form.name_en)
    service.code, service.position = form.code, form.position
    service.category_id, service.queue_id = form.category_id, form.queue_id
    service.unit_id = form.unit_id
    service.daily_quota, service.usual_minutes = form.daily_quota, form.usual_minutes


def _check_there(
    work: Work, field: str, model: type[Category] | type[Queue] | type[Unit], row_id: int
) -> None:
    there = select(model.id).where(model.id == row_id, model.hall_id == work.hall_id)
    with work.session.no_autoflush:
        found = work.session.scalar(there)
    if found is None:
        raise WrongFields({field: FieldFault(N_("请从列表中选择"))})


def _attach(work: Work, service: Service, form: ServiceForm) -> None:
    work.session.execute(delete(ServiceHours).where(ServiceHours.service_id == service.id))
    work.session.add_all(
        ServiceHours(service_id=service.id, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in form.spans()
    )
    guide = Guide(form.promised_days, form.telephone, form.real_name, form.materials)
    write_guide(work, service, guide)


SERVICE = Part("service", Service, ServiceForm, N_("没有这个事项"), _read, _write, _attach)


def offer_service(work: Work, service_id: int, *, offered: bool) -> None:
    """Give tickets for a service, or none any more; done again it changes nothing.

    Tickets that were given are served all the same. Raises NotFound.
    """
    service = SERVICE.find(work, service_id)
    if service.active is offered:
        return
    service.active = offered
    work.audit("service.offer" if offered else "service.withdraw", f"service:{service.id}")
    work.record(HallChanged(f"service:{service.id}"))
