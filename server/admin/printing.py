"""Papers: those that need a person, the printers and their paper, and what receipts look like."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.device_words import DETAILS
from server.devices.printers import printer_options
from server.edge.access import access, allow
from server.edge.context import context, reading, writing
from server.edge.offload import offload
from server.people.models import Role
from server.printing.logos import current_logo, set_logo
from server.printing.samples import SAMPLES
from server.printing.staff import find_printer, leave_be, load_roll, print_trial, reprint
from server.printing.views import jobs_for_people, latest_jobs, printer_views

blueprint = APIBlueprint("printing", __name__, enable_openapi=False)

PAPER_PEOPLE = allow(Role.ADMINISTRATOR, Role.GUIDANCE_DESK)
ADMINISTRATORS = allow(Role.ADMINISTRATOR)
LATEST = 50


@blueprint.get("/admin/printing")
@access(PAPER_PEOPLE)
def page() -> str:
    """The page of papers."""
    with reading() as work:
        return render_template(
            "admin/printing.html",
            printers=printer_views(work),
            for_people=jobs_for_people(work),
            latest=latest_jobs(work, LATEST),
            samples={name: title for name, (title, _markup) in SAMPLES.items()},
            logo=bool(current_logo(work)),
            words=DETAILS,
        )


@blueprint.post("/admin/printing/jobs/<row:job_id>/reprint")
@access(PAPER_PEOPLE)
def reprint_job(job_id: int) -> ResponseReturnValue:
    """Print a paper once more; pressed twice it is one paper."""
    with writing() as work:
        reprint(work, job_id)
    return _back()


@blueprint.post("/admin/printing/jobs/<row:job_id>/leave")
@access(PAPER_PEOPLE)
def leave_job(job_id: int) -> ResponseReturnValue:
    """The paper was found, or is not needed."""
    with writing() as work:
        leave_be(work, job_id)
    return _back()


@blueprint.post("/admin/printing/printers/<row:printer_id>/roll")
@access(PAPER_PEOPLE)
def new_roll(printer_id: int) -> ResponseReturnValue:
    """A new roll of paper is in the printer."""
    with writing() as work:
        load_roll(work, printer_id)
    return _back()


@blueprint.post("/admin/printing/printers/<row:printer_id>/trial")
@access(PAPER_PEOPLE)
def trial(printer_id: int) -> ResponseReturnValue:
    """Print a trial page."""
    with writing() as work:
        print_trial(work, printer_id)
    return _back()


@blueprint.post("/admin/printing/logo")
@access(ADMINISTRATORS)
def logo() -> ResponseReturnValue:
    """Take the picture at the head of receipts; without one it is taken away."""
    upload = request.files.get("logo")
    picture = upload.read() if upload is not None else b""
    with writing() as work:
        set_logo(work, picture)
    return _back()


@blueprint.get("/admin/printing/preview/<sample>.png")
@access(PAPER_PEOPLE)
def preview(sample: str) -> Response:
    """A sample receipt as this printer would print it, drawn from the bytes it would be sent."""
    if sample not in SAMPLES:
        abort(404)
    with reading() as work:
        markup = SAMPLES[sample][1](work)
        options: dict[str, Any] = {}
        if (printer_id := request.args.get("printer", type=int)) is not None:
            options = printer_options(find_printer(work, printer_id)).model_dump()
        picture = current_logo(work)
    png = offload(context().draw_receipt, markup, options, picture)
    return Response(png, mimetype="image/png")


def _back() -> ResponseReturnValue:
    return redirect(url_for("printing.page"), code=303)
