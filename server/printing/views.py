"""Printing as staff see it: papers that need a person, printers, and how long paper lasts."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select

from server.devices.models import Device, HealthState
from server.devices.printers import out_of_service, printer_options, printers
from server.printing.jobs import start_of_day, ticket_printer
from server.printing.models import PaperRoll, PrintJob
from server.printing.rules import MM_PER_METRE, Forecast, RollUse, forecast
from server.printing.states import NEEDS_PERSON, ON_ITS_WAY, PAPER_USED, JobState
from server.work import Work

AVERAGE_OVER = 50
NEAR_END = "paper_near_end"


class PaperJob(BaseModel):
    """A print job as staff see it; `replaced` when it was printed again."""

    id: int
    title: str
    printer: str
    state: JobState
    detail: str
    reprint: bool
    replaced: bool
    created_at: datetime


class PrinterView(BaseModel):
    """A printer: its health, how many papers wait, and the forecast of its roll."""

    id: int
    name: str
    health: HealthState
    detail: str
    waiting: int
    papers_left: int | None
    ends_at: datetime | None


class PaperOutlook(BaseModel):
    """Whether a ticket taken here now will be on paper.

    `printer` is '' when no printer can print, so that the screen is all there is; `elsewhere`
    says that it is another printer than usual, `trouble` what is wrong with the usual one.
    """

    printer: str
    elsewhere: bool
    trouble: str


def paper_outlook(work: Work, kiosk_id: int | None) -> PaperOutlook | None:
    """What to expect at a kiosk; None where there is no printer at all."""
    usual_id = ticket_printer(work, kiosk_id)
    if usual_id is None:
        return None
    usual = work.session.get_one(Device, usual_id)
    out = out_of_service(work)
    if usual.id not in out:
        return PaperOutlook(printer=usual.name, elsewhere=False, trouble="")
    fallback_id = printer_options(usual).fallback_id
    usable = [one.name for one in printers(work) if one.id == fallback_id and one.id not in out]
    return PaperOutlook(
        printer=usable[0] if usable else "",
        elsewhere=bool(usable),
        trouble=usual.health_detail,
    )


def jobs_for_people(work: Work) -> list[PaperJob]:
    """Today's jobs that need a person, the oldest first."""
    return _jobs(work, PrintJob.state.in_(NEEDS_PERSON), PrintJob.settled_at.is_(None))[::-1]


def latest_jobs(work: Work, limit: int) -> list[PaperJob]:
    """Today's latest jobs, the newest first."""
    return _jobs(work, limit=limit)


def printer_views(work: Work) -> list[PrinterView]:
    """The hall's printers."""
    return [_printer(work, printer) for printer in printers(work)]


def _jobs(work: Work, *conditions: ColumnElement[bool], limit: int | None = None) -> list[PaperJob]:
    again = select(PrintJob.reprint_of).where(PrintJob.reprint_of.is_not(None))
    rows = work.session.execute(
        select(PrintJob, Device.name, PrintJob.id.in_(again))
        .join(Device, Device.id == PrintJob.printer_id)
        .where(
            PrintJob.hall_id == work.hall_id,
            PrintJob.created_at >= start_of_day(work),
            *conditions,
        )
        .order_by(PrintJob.id.desc())
        .limit(limit)
    )
    return [
        PaperJob(
            id=job.id,
            title=job.title,
            printer=printer,
            state=job.state,
            detail=job.detail,
            reprint=job.reprint_of is not None,
            replaced=replaced,
            created_at=job.created_at.astimezone(work.zone),
        )
        for job, printer, replaced in rows
    ]


def _printer(work: Work, printer: Device) -> PrinterView:
    waiting = work.session.scalar(
        select(func.count()).where(
            PrintJob.printer_id == printer.id, PrintJob.state.in_(ON_ITS_WAY)
        )
    )
    left = roll_forecast(work, printer)
    return PrinterView(
        id=printer.id,
        name=printer.name,
        health=printer.health,
        detail=printer.health_detail,
        waiting=waiting or 0,
        papers_left=left.papers_left if left else None,
        ends_at=left.ends_at.astimezone(work.zone) if left and left.ends_at else None,
    )


def roll_forecast(work: Work, printer: Device) -> Forecast | None:
    """How long the printer's roll will last; None while too little is known."""
    loaded = work.session.scalar(
        select(PaperRoll.loaded_at)
        .where(PaperRoll.printer_id == printer.id)
        .order_by(PaperRoll.id.desc())
        .limit(1)
    )
    papers = (PrintJob.printer_id == printer.id, PrintJob.state.in_(PAPER_USED))
    used = select(func.coalesce(func.sum(PrintJob.paper_mm), 0)).where(*papers)
    if loaded is not None:
        used = used.where(PrintJob.changed_at >= loaded)
    latest = (
        select(PrintJob.paper_mm)
        .where(*papers, PrintJob.paper_mm > 0)
        .order_by(PrintJob.id.desc())
        .limit(AVERAGE_OVER)
        .subquery()
    )
    since = work.session.execute(
        select(func.count(), func.min(PrintJob.created_at)).where(
            *papers, PrintJob.created_at >= start_of_day(work)
        )
    ).one()
    use = RollUse(
        roll_mm=printer_options(printer).roll_metres * MM_PER_METRE,
        used_mm=int(work.session.scalar(used) or 0),
        average_mm=round(work.session.scalar(select(func.avg(latest.c.paper_mm))) or 0),
        papers=since[0],
        since=since[1] or work.now,
    )
    return forecast(use, work.now, near_end=printer.health_detail == NEAR_END)
