"""What the hall offers, as its screens and use cases ask for it."""

from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from server.catalogue.calendar_days import load_calendar
from server.catalogue.models import Category, Counter, Hall, OpeningHours, Service, ServiceHours
from server.catalogue.rules import OpenSpan, is_open
from server.work import Work


def hall(work: Work) -> Hall:
    """The hall of this unit of work."""
    return work.hall


_HALL_SPANS = select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes).where(
    OpeningHours.hall_id == bindparam("hall_id")
)
_SERVICE_SPANS = select(ServiceHours.weekday, ServiceHours.opens, ServiceHours.closes).where(
    ServiceHours.service_id == bindparam("service_id")
)
_LAST_CLOSING = select(func.max(OpeningHours.closes)).where(
    OpeningHours.hall_id == bindparam("hall_id"), OpeningHours.weekday == bindparam("weekday")
)


def hall_is_open(work: Work) -> bool:
    """Whether tickets are given at this work's instant."""
    spans = [OpenSpan(*row) for row in work.ask(_HALL_SPANS, hall_id=work.hall_id)]
    return is_open(spans, work.now.astimezone(work.zone))


def categories(work: Work) -> list[Category]:
    """The hall's categories with their services, in the order of the kiosk's pages."""
    return list(
        work.session.scalars(
            select(Category)
            .where(Category.hall_id == work.hall_id)
            .order_by(Category.position)
            .options(
                selectinload(Category.services).options(
                    joinedload(Service.queue), selectinload(Service.materials)
                )
            )
        )
    )


def counters(work: Work) -> list[Counter]:
    """The hall's counters that are in use, by number."""
    return list(
        work.session.scalars(
            select(Counter)
            .where(Counter.hall_id == work.hall_id, Counter.active)
            .order_by(Counter.number)
        )
    )


def service_is_open(work: Work, service_id: int) -> bool:
    """Whether tickets for a service are given at this work's instant, the hall being open."""
    spans = [OpenSpan(*row) for row in work.ask(_SERVICE_SPANS, service_id=service_id)]
    return not spans or is_open(spans, work.now.astimezone(work.zone))


def closing_time(work: Work) -> datetime | None:
    """When the hall's last span of this day ends; None on a day without hours, or past it."""
    local = work.now.astimezone(work.zone)
    last = work.ask(_LAST_CLOSING, hall_id=work.hall_id, weekday=local.weekday()).scalar_one()
    if last is None or last <= local.time():
        return None
    return datetime.combine(local.date(), last, work.zone)


def working_day_after(work: Work, day: date, days: int) -> date:
    """The date so many working days after a day: by the calendar, else by the hall's weekdays.

    A hall without opening hours has no working days: the day itself.
    """
    opened = select(OpeningHours.weekday).where(OpeningHours.hall_id == work.hall_id).distinct()
    weekdays = {weekday + 1 for weekday in work.session.scalars(opened)}
    calendar = load_calendar(work)
    while days > 0 and weekdays:
        day += timedelta(days=1)
        days -= calendar.is_working(day, weekdays)
    return day
