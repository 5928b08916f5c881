"""Print jobs: written with what they print, claimed by an agent, reported on by it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from server.devices.models import Device, DeviceKind
from server.devices.printers import stands_in_for
from server.i18n import N_
from server.printing.events import PrintJobChanged, PrintJobQueued
from server.printing.models import PrintJob
from server.printing.states import AFTER_LEASE, JobState, accepts, after_attempt
from server.problems import Conflict, NotFound
from server.work import Work

_KIOSK = aliased(Device)
_OWN = select(_KIOSK.printer_id).where(_KIOSK.id == bindparam("kiosk_id")).scalar_subquery()
_TICKET_PRINTER = (
    select(Device.id)
    .where(Device.hall_id == bindparam("hall_id"), Device.kind == DeviceKind.PRINTER, Device.active)
    .order_by(Device.id != func.coalesce(_OWN, 0), Device.id)
    .limit(1)
)


class ReportRefused(Conflict):
    """The agent's report belongs to an earlier claim of the job, or comes too late."""

    code = "report-refused"
    title = N_("打印任务状态不符")


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the agent says of the job that it claimed as `attempt`; `paper_mm` is its length."""

    attempt: int
    state: JobState
    detail: str
    paper_mm: int = 0


@dataclass(frozen=True, slots=True)
class NewJob:
    """A receipt to be printed: what a person calls it, its markup, and whose paper it is."""

    title: str
    markup: str
    ticket_id: int | None = None
    reprint_of: int | None = None


def queue_job(work: Work, printer_id: int, new: NewJob) -> PrintJob:
    """Write down that a receipt is to come out of a printer."""
    job = PrintJob(
        hall_id=work.hall_id,
        printer_id=printer_id,
        ticket_id=new.ticket_id,
        title=new.title,
        markup=new.markup,
        reprint_of=new.reprint_of,
        state=JobState.QUEUED,
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    work.record(PrintJobQueued(job_id=job.id, printer_id=printer_id))
    return job


def claim_job(work: Work, printer_id: int, lease: timedelta) -> PrintJob | None:
    """Give the oldest queued job for this printer to the acting agent; None when there is none.

    It also takes the jobs of printers that are out of service and have it as their fallback.
    Raises NotFound when the agent does not run this printer.
    """
    _require_own_printer(work, printer_id)
    served = [printer_id, *stands_in_for(work, printer_id)]
    settle_lapsed_leases(work, served)
    give_up_earlier_days(work, served)
    job = work.session.scalar(
        select(PrintJob)
        .where(PrintJob.printer_id.in_(served), PrintJob.state == JobState.QUEUED)
        .order_by(PrintJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.printer_id = printer_id
    job.attempt += 1
    job.lease_until = work.now + lease
    _change(work, job, JobState.CLAIMED, "")
    return job


def report_job(work: Work, job_id: int, report: JobReport, lease: timedelta) -> PrintJob:
    """Take an agent's report about a job it claimed; sending on renews the lease.

    Raises NotFound, ReportRefused.
    """
    job = work.session.get(PrintJob, job_id, with_for_update=True)
    if job is None or job.hall_id != work.hall_id:
        raise NotFound(N_("没有这个打印任务"))
    _require_own_printer(work, job.printer_id)
    if job.attempt != report.attempt or not accepts(job.state, report.state):
        raise ReportRefused(N_("这个打印任务的状态已变化，报告未被采纳"))
    state = after_attempt(report.state, job.attempt)
    job.paper_mm = report.paper_mm or job.paper_mm
    if job.state is not state:
        job.lease_until = work.now + lease if state is JobState.SENDING else None
        _change(work, job, state, report.detail)
    return job


def settle_lapsed_leases(work: Work, printer_ids: list[int]) -> None:
    """Decide what became of jobs whose agent fell silent.

    A job that another transaction has in hand is that one's to decide.
    """
    lapsed = work.session.scalars(
        select(PrintJob)
        .where(
            PrintJob.printer_id.in_(printer_ids),
            PrintJob.state.in_(AFTER_LEASE),
            PrintJob.lease_until < work.now,
        )
        .with_for_update(skip_locked=True)
    )
    for job in lapsed:
        job.lease_until = None
        _change(work, job, after_attempt(AFTER_LEASE[job.state], job.attempt), "lease ended")


def give_up_earlier_days(work: Work, printer_ids: list[int]) -> None:
    """A paper that waited over night is nobody's any more."""
    late = work.session.scalars(
        select(PrintJob)
        .where(
            PrintJob.printer_id.in_(printer_ids),
            PrintJob.state == JobState.QUEUED,
            PrintJob.created_at < start_of_day(work),
        )
        .with_for_update(skip_locked=True)
    )
    for job in late:
        _change(work, job, JobState.FAILED, "of an earlier day")


def start_of_day(work: Work) -> datetime:
    """When this business date began."""
    return datetime.combine(work.business_date, time.min, tzinfo=work.zone)


def find_job(work: Work, job_id: int) -> PrintJob:
    """A print job of this hall. Raises NotFound."""
    job = work.session.get(PrintJob, job_id)
    if job is None or job.hall_id != work.hall_id:
        raise NotFound(N_("没有这个打印任务"))
    return job


def ticket_printer(work: Work, kiosk_id: int | None) -> int | None:
    """The printer of a kiosk: its own, else the hall's first one; None when there is none."""
    found = work.ask(_TICKET_PRINTER, hall_id=work.hall_id, kiosk_id=kiosk_id)
    printer_id: int | None = found.scalar_one_or_none()
    return printer_id


def _require_own_printer(work: Work, printer_id: int) -> None:
    printer = work.session.get(Device, printer_id)
    if printer is None or printer.agent_id != work.actor.device_id:
        raise NotFound(N_("这台设备不归本代理管理"))


def _change(work: Work, job: PrintJob, state: JobState, detail: str) -> None:
    job.state = state
    job.detail = detail
    job.changed_at = work.now
    work.session.flush()
    work.record(PrintJobChanged(job_id=job.id, state=state.value))
