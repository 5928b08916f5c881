"""Terminals: how their logs stand, what needs a person, who is on them, raw punches."""

from datetime import date, timedelta

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.device_words import DETAILS
from server.admin.terminal_words import COMMANDS, DOUBTS, FINDINGS, PROBLEMS, STATES
from server.attendance.terminals.command_models import CommandKind
from server.attendance.terminals.commands import (
    add_user,
    allow_user,
    ask_terminal,
    find_terminal,
    remove_user,
    rename_user,
)
from server.attendance.terminals.deciding import (
    decide_all,
    decide_punch,
    decide_upload,
    mark_findings_seen,
)
from server.attendance.terminals.importing import import_export
from server.attendance.terminals.models import Decision
from server.attendance.terminals.pushing import UNKNOWN, accept_unknown
from server.attendance.terminals.views import (
    PunchSearch,
    doubtful_punches,
    findings,
    latest_commands,
    quarantined_uploads,
    search_punches,
    terminals,
    users_of,
)
from server.edge.access import access, allow
from server.edge.context import context, reading, writing
from server.edge.offload import offload
from server.people.models import Role

blueprint = APIBlueprint("terminals", __name__, enable_openapi=False)

READERS = allow(Role.SUPERVISOR, Role.ADMINISTRATOR)
ADMINISTRATORS = allow(Role.ADMINISTRATOR)
MOST_ROWS = 500
MOST_FINDINGS = 20
MOST_COMMANDS = 10
DECISIONS = {"accept": Decision.ACCEPTED, "dismiss": Decision.DISMISSED}


@blueprint.get("/admin/terminals")
@access(READERS)
def page() -> str:
    """Every terminal, and what was set aside."""
    with reading() as work:
        return render_template(
            "admin/terminals.html",
            terminals=terminals(work),
            doubtful=doubtful_punches(work, MOST_ROWS),
            uploads=quarantined_uploads(work, MOST_FINDINGS),
            zone=work.zone,
            details=DETAILS | PROBLEMS,
            doubts=DOUBTS,
            reasons=FINDINGS,
            unknown=UNKNOWN,
        )


@blueprint.get("/admin/terminals/<row:terminal_id>")
@access(READERS)
def terminal(terminal_id: int) -> str:
    """One terminal: its log's life, what was asked of it, who is on it."""
    with reading() as work:
        find_terminal(work, terminal_id)
        [view] = [one for one in terminals(work) if one.device.id == terminal_id]
        return render_template(
            "admin/terminal.html",
            terminal=view,
            findings=findings(work, terminal_id, MOST_FINDINGS),
            commands=latest_commands(work, terminal_id, MOST_COMMANDS),
            users=users_of(work, terminal_id),
            zone=work.zone,
            words={"kinds": FINDINGS, "commands": COMMANDS, "states": STATES},
            details=DETAILS | PROBLEMS,
        )


@blueprint.get("/admin/terminals/punches")
@access(READERS)
def punches() -> str:
    """Raw punches by day, terminal and person."""
    with reading() as work:
        today = work.business_date
        wanted = PunchSearch(
            since=_day("since", today - timedelta(days=1)),
            until=_day("until", today),
            terminal_id=request.args.get("terminal", type=int),
            who=request.args.get("who", "").strip(),
            passwords_only="passwords" in request.args,
        )
        return render_template(
            "admin/terminal_punches.html",
            wanted=wanted,
            rows=search_punches(work, wanted, MOST_ROWS),
            most=MOST_ROWS,
            terminals=terminals(work),
            zone=work.zone,
        )


@blueprint.post('/admin/terminals/<row:terminal_id>/<any("sync", "set_clock", "list_users"):kind>')
@access(ADMINISTRATORS)
def ask(terminal_id: int, kind: str) -> ResponseReturnValue:
    """Ask a terminal for its log or its people, or put its clock right."""
    with writing() as work:
        ask_terminal(work, terminal_id, CommandKind(kind))
    return _back(terminal_id)


@blueprint.post("/admin/terminals/<row:terminal_id>/seen")
@access(ADMINISTRATORS)
def seen(terminal_id: int) -> ResponseReturnValue:
    """Somebody has looked at what happened to the log."""
    with writing() as work:
        mark_findings_seen(work, terminal_id)
    return _back(terminal_id)


@blueprint.post("/admin/terminals/<row:terminal_id>/import")
@access(ADMINISTRATORS)
def import_(terminal_id: int) -> ResponseReturnValue:
    """Take in a USB export."""
    upload = request.files.get("export")
    content = upload.read() if upload is not None else b""
    with reading() as work:
        zone = work.zone
    export = offload(context().read_export, content, zone)
    tolerance = timedelta(minutes=context().settings.punch_future_minutes)
    with writing() as work:
        received = import_export(work, terminal_id, export, tolerance)
    page_after = url_for(
        "terminals.terminal",
        terminal_id=terminal_id,
        stored=received.stored,
        known=received.known,
        unread=len(export.unread),
    )
    return redirect(page_after, code=303)


@blueprint.post("/admin/terminals/<row:terminal_id>/users")
@access(ADMINISTRATORS)
def add(terminal_id: int) -> ResponseReturnValue:
    """Put a person on a terminal."""
    with writing() as work:
        add_user(work, terminal_id, request.form.get("pin", ""), request.form.get("name", ""))
    return _back(terminal_id)


@blueprint.post(
    '/admin/terminals/users/<row:user_id>/<any("rename", "enable", "disable", "remove"):change>'
)
@access(ADMINISTRATORS)
def change_user(user_id: int, change: str) -> ResponseReturnValue:
    """Rename, stop, allow or remove a person on a terminal."""
    with writing() as work:
        if change == "rename":
            command = rename_user(work, user_id, request.form.get("name", ""))
        elif change == "remove":
            command = remove_user(work, user_id)
        else:
            command = allow_user(work, user_id, enabled=change == "enable")
        terminal_id = command.terminal_id
    return _back(terminal_id)


@blueprint.post('/admin/terminals/doubts/<row:punch_id>/<any("accept", "dismiss"):decision>')
@access(ADMINISTRATORS)
def decide(punch_id: int, decision: str) -> ResponseReturnValue:
    """Let a punch that was set aside count, or not."""
    with writing() as work:
        decide_punch(work, punch_id, DECISIONS[decision])
    return redirect(url_for("terminals.page"), code=303)


@blueprint.post('/admin/terminals/<row:terminal_id>/doubts/<any("accept", "dismiss"):decision>')
@access(ADMINISTRATORS)
def decide_every(terminal_id: int, decision: str) -> ResponseReturnValue:
    """The same for all of a terminal."""
    with writing() as work:
        decide_all(work, terminal_id, DECISIONS[decision])
    return redirect(url_for("terminals.page"), code=303)


@blueprint.post("/admin/terminals/uploads/<row:upload_id>/dismiss")
@access(ADMINISTRATORS)
def dismiss_upload(upload_id: int) -> ResponseReturnValue:
    """Put a quarantined read away."""
    with writing() as work:
        decide_upload(work, upload_id, Decision.DISMISSED)
    return redirect(url_for("terminals.page"), code=303)


@blueprint.post("/admin/terminals/uploads/<row:upload_id>/accept")
@access(ADMINISTRATORS)
def accept_upload(upload_id: int) -> ResponseReturnValue:
    """Make an unknown terminal one of the hall's."""
    with writing() as work:
        accept_unknown(work, upload_id, request.form.get("name", ""))
    return redirect(url_for("terminals.page"), code=303)


def _back(terminal_id: int) -> ResponseReturnValue:
    return redirect(url_for("terminals.terminal", terminal_id=terminal_id), code=303)


def _day(name: str, usual: date) -> date:
    """A day from the query; the usual one where none, or none that is a day, was given."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return usual
