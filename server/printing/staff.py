"""What people do about papers: print one again, leave one be, load paper, try a printer out."""

from sqlalchemy import select

from server.devices.models import Device, DeviceKind
from server.i18n import N_
from server.printing.events import PrinterChanged, PrintJobChanged
from server.printing.jobs import NewJob, find_job, queue_job
from server.printing.models import PaperRoll, PrintJob
from server.printing.receipts import marked_as_reprint, trial_receipt
from server.printing.states import ON_ITS_WAY
from server.problems import Conflict, NotFound
from server.work import Work


class StillPrinting(Conflict):
    """The paper may yet come out by itself."""

    code = "still-printing"
    title = N_("正在打印")


TRIAL_TITLE = "测试页"


def reprint(work: Work, job_id: int) -> PrintJob:
    """Print a job's paper once more, marked 补打; pressed twice it is one paper.

    Raises NotFound, StillPrinting while the first paper is on its way.
    """
    job = find_job(work, job_id)
    again = work.session.scalar(select(PrintJob).where(PrintJob.reprint_of == job.id))
    if again is not None:
        return again
    if job.state in ON_ITS_WAY:
        raise StillPrinting(N_("这张还在打印，请稍等；没有出纸时再补打"))
    markup = marked_as_reprint(work, _first(work, job).markup)
    again = queue_job(
        work, job.printer_id, NewJob(job.title, markup, job.ticket_id, reprint_of=job.id)
    )
    _settle(work, job)
    work.audit("print.reprint", f"print_job:{job.id}", title=job.title, reprint=again.id)
    return again


def reprint_ticket(work: Work, ticket_id: int) -> PrintJob:
    """Print a ticket's latest paper once more. Raises NotFound, StillPrinting."""
    job = work.session.scalar(
        select(PrintJob)
        .where(PrintJob.hall_id == work.hall_id, PrintJob.ticket_id == ticket_id)
        .order_by(PrintJob.id.desc())
        .limit(1)
    )
    if job is None:
        raise NotFound(N_("这张号票没有打印过"))
    return reprint(work, job.id)


def leave_be(work: Work, job_id: int) -> None:
    """Nothing more is to be done about a job, e.g. because its paper was found. Raises NotFound."""
    job = find_job(work, job_id)
    if job.settled_at is None:
        _settle(work, job)
        work.audit("print.settle", f"print_job:{job.id}", title=job.title, state=job.state.value)


def load_roll(work: Work, printer_id: int) -> None:
    """A person put a new roll of paper into a printer. Raises NotFound."""
    printer = find_printer(work, printer_id)
    _new_roll(work, printer)
    work.audit("print.roll", f"device:{printer.id}", name=printer.name)


def note_refill(work: Work, printer_id: int) -> None:
    """A printer that had no paper prints again: it has a new roll."""
    _new_roll(work, find_printer(work, printer_id))


def print_trial(work: Work, printer_id: int) -> PrintJob:
    """Print a page that shows what this printer can do. Raises NotFound."""
    printer = find_printer(work, printer_id)
    job = queue_job(work, printer.id, NewJob(TRIAL_TITLE, trial_receipt(work, printer.name)))
    work.audit("print.trial", f"device:{printer.id}", name=printer.name)
    return job


def find_printer(work: Work, printer_id: int) -> Device:
    """A printer of this hall. Raises NotFound."""
    printer = work.session.get(Device, printer_id)
    right_kind = printer is not None and printer.kind is DeviceKind.PRINTER
    if printer is None or not right_kind or printer.hall_id != work.hall_id:
        raise NotFound(N_("没有这台打印机"))
    return printer


def _first(work: Work, job: PrintJob) -> PrintJob:
    """The job at the beginning of a chain of reprints, whose markup bears no mark."""
    while job.reprint_of is not None:
        job = work.session.get_one(PrintJob, job.reprint_of)
    return job


def _settle(work: Work, job: PrintJob) -> None:
    job.settled_at = work.now
    work.record(PrintJobChanged(job_id=job.id, state=job.state.value))


def _new_roll(work: Work, printer: Device) -> None:
    work.session.add(PaperRoll(hall_id=work.hall_id, printer_id=printer.id, loaded_at=work.now))
    work.record(PrinterChanged(printer_id=printer.id))
