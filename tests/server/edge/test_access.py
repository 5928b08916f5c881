"""Who may use which address: the whole table, and every address is in it."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.speaking import ANY_SCREEN
from server.edge.access import require_rules
from tests.builders.site import Site, Visitor

ADMIN, CLERK, DESK, SUPERVISOR = "admin", "clerk1", "desk", "supervisor"
KIOSK, DISPLAY, AGENT, NOBODY = "kiosk", "display", "agent", "nobody"
STAFF = {ADMIN, CLERK, DESK, SUPERVISOR}
BROWSERS = STAFF | {KIOSK, DISPLAY, NOBODY}
EVERYBODY = BROWSERS | {AGENT}

# Address and method → who gets in. The others are asked to sign in, or told that they may not.
TABLE: dict[str, set[str]] = {
    "GET /": STAFF,
    "GET /login": EVERYBODY,
    "POST /login": BROWSERS,  # a program has no form to send
    "POST /logout": STAFF,
    "GET /setup/<token>": EVERYBODY,
    "POST /setup/<token>": BROWSERS,
    "GET /livez": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /openapi.json": EVERYBODY,
    "GET /admin/devices": {ADMIN},
    "POST /admin/devices": {ADMIN},
    "GET /admin/devices/add": {ADMIN},
    "POST /admin/devices/add": {ADMIN},
    "GET /admin/devices/<row:device_id>": {ADMIN},
    "POST /admin/devices/<row:device_id>": {ADMIN},
    "POST /admin/devices/<row:device_id>/remove": {ADMIN},
    "POST /admin/devices/<row:agent_id>/search": {ADMIN},
    "GET /admin/hall/categories/add": {ADMIN},
    "POST /admin/hall/categories/add": {ADMIN},
    "GET /admin/hall/categories/<row:row_id>": {ADMIN},
    "POST /admin/hall/categories/<row:row_id>": {ADMIN},
    "GET /admin/hall/queues/add": {ADMIN},
    "POST /admin/hall/queues/add": {ADMIN},
    "GET /admin/hall/queues/<row:row_id>": {ADMIN},
    "POST /admin/hall/queues/<row:row_id>": {ADMIN},
    "GET /admin/hall/services/add": {ADMIN},
    "POST /admin/hall/services/add": {ADMIN},
    "GET /admin/hall/services/<row:row_id>": {ADMIN},
    "POST /admin/hall/services/<row:row_id>": {ADMIN},
    "GET /admin/hall/services": {ADMIN},
    "POST /admin/hall/services/<row:row_id>/offer": {ADMIN},
    "POST /admin/hall/services/<row:row_id>/withdraw": {ADMIN},
    "POST /admin/hall/categories/<row:row_id>/remove": {ADMIN},
    "GET /admin/hall/notices": {ADMIN},
    "GET /admin/hall/notices/board": {ADMIN},
    "GET /admin/hall/notices/add": {ADMIN},
    "POST /admin/hall/notices/add": {ADMIN},
    "GET /admin/hall/notices/<row:row_id>": {ADMIN},
    "POST /admin/hall/notices/<row:row_id>": {ADMIN},
    "POST /admin/hall/notices/<row:row_id>/withdraw": {ADMIN},
    "POST /admin/hall/notices/<row:row_id>/restore": {ADMIN},
    "GET /admin/hall/agents": {ADMIN},
    "GET /admin/hall/agents/add": {ADMIN},
    "POST /admin/hall/agents/add": {ADMIN},
    "GET /admin/hall/agents/<row:row_id>": {ADMIN},
    "POST /admin/hall/agents/<row:row_id>": {ADMIN},
    "POST /admin/hall/agents/<row:row_id>/use": {ADMIN},
    "POST /admin/hall/agents/<row:row_id>/retire": {ADMIN},
    "GET /admin/hall/screens": {ADMIN},
    "GET /admin/hall/screens/<row:row_id>": {ADMIN},
    "POST /admin/hall/screens/<row:row_id>": {ADMIN},
    "GET /admin/hall/signs": {ADMIN},
    "POST /admin/hall/signs": {ADMIN},
    "POST /admin/hall/signs/restore": {ADMIN},
    "GET /admin/hall/signs/preview": {ADMIN},
    "GET /admin/hall/counters/add": {ADMIN},
    "POST /admin/hall/counters/add": {ADMIN},
    "GET /admin/hall/counters/<row:row_id>": {ADMIN},
    "POST /admin/hall/counters/<row:row_id>": {ADMIN},
    "GET /admin/hall/counters": {ADMIN},
    "POST /admin/hall/counters/<row:row_id>/use": {ADMIN},
    "POST /admin/hall/counters/<row:row_id>/retire": {ADMIN},
    "GET /admin/hall/units/add": {ADMIN},
    "POST /admin/hall/units/add": {ADMIN},
    "GET /admin/hall/units/<row:row_id>": {ADMIN},
    "POST /admin/hall/units/<row:row_id>": {ADMIN},
    "GET /admin/hall/people/add": {ADMIN},
    "POST /admin/hall/people/add": {ADMIN},
    "GET /admin/hall/people/<row:row_id>": {ADMIN},
    "POST /admin/hall/people/<row:row_id>": {ADMIN},
    "GET /admin/hall/people": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/account": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/leave": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/resume": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/accounts/<row:account_id>/renew": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/accounts/<row:account_id>/role": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/accounts/<row:account_id>/lock": {ADMIN},
    "POST /admin/hall/people/<row:row_id>/accounts/<row:account_id>/unlock": {ADMIN},
    "GET /welcome/<token>": EVERYBODY,
    "POST /welcome/<token>": BROWSERS,
    "GET /admin/hall/rules": {ADMIN},
    "POST /admin/hall/rules": {ADMIN},
    "POST /admin/hall/rules/restore": {ADMIN},
    "GET /admin/hall/voice": {ADMIN},
    "POST /admin/hall/voice": {ADMIN},
    'GET /admin/hall/voice/<any("zh", "en"):spoken_in>.wav': {ADMIN},
    "GET /admin/hall/": {ADMIN},
    "POST /admin/hall/": {ADMIN},
    "GET /admin/hall/audit": {ADMIN},
    "GET /admin/hall/workbook": {ADMIN},
    "GET /admin/hall/workbook.xlsx": {ADMIN},
    "POST /admin/hall/workbook": {ADMIN},
    "POST /admin/hall/workbook/apply": {ADMIN},
    "GET /admin/punches": {ADMIN, SUPERVISOR},
    "GET /api/punches/today": {ADMIN, SUPERVISOR},
    "GET /attendance": STAFF,
    "GET /attendance/<day>/<half>": STAFF,
    "POST /attendance/notices": STAFF,
    "POST /attendance/objections": STAFF,
    "GET /attendance/leave": STAFF,
    "POST /attendance/leave": STAFF,
    "GET /attendance/leave/<row:leave_id>": STAFF,
    "POST /attendance/leave/<row:leave_id>": STAFF,
    "GET /attendance/leave/<row:leave_id>/document": STAFF,
    "GET /attendance/leave/<row:leave_id>/slip.pdf": STAFF,
    "GET /attendance/approvals": STAFF,
    "POST /attendance/approvals/oral": STAFF,
    "GET /attendance/covers": STAFF,
    "POST /attendance/covers": STAFF,
    "POST /attendance/covers/<row:duty_id>/pin": STAFF,
    "GET /attendance/publications/<row:publication_id>": STAFF,
    "GET /attendance/publications/<row:publication_id>.pdf": STAFF,
    "GET /attendance/publications/<row:publication_id>.xlsx": STAFF,
    "GET /desk/signing": {DESK},
    "GET /desk/signing/<row:signing_id>.png": {DESK},
    "POST /api/desk/covers/<row:duty_id>/card": {DESK},
    "POST /api/desk/signings": {DESK},
    "POST /api/desk/signings/<row:signing_id>/confirm": {DESK},
    "GET /patrol": {ADMIN, SUPERVISOR},
    "POST /patrol": {ADMIN, SUPERVISOR},
    "GET /patrol/<row:finding_id>/photo": {ADMIN, SUPERVISOR},
    "GET /admin/attendance": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/verdicts": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/people/<row:person_id>": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/people/<row:person_id>/<day>/<half>": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/calendar": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/calendar/<int:year>": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/calendar/<int:year>.csv": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/calendar/<int:year>": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/regulation": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/regulation": {ADMIN},
    "GET /admin/attendance/offices": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/offices": {ADMIN},
    "GET /admin/attendance/timetables": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/timetables": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/posts": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/posts": {ADMIN, SUPERVISOR},
    "GET /admin/attendance/publications": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/publications": {ADMIN, SUPERVISOR},
    "POST /admin/attendance/objections": {ADMIN, SUPERVISOR},
    "GET /admin/terminals": {ADMIN, SUPERVISOR},
    "GET /admin/terminals/punches": {ADMIN, SUPERVISOR},
    "GET /admin/terminals/<row:terminal_id>": {ADMIN, SUPERVISOR},
    'POST /admin/terminals/<row:terminal_id>/<any("sync", "set_clock", "list_users"):kind>': {
        ADMIN
    },
    "POST /admin/terminals/<row:terminal_id>/seen": {ADMIN},
    "GET /admin/terminals/<row:terminal_id>/numbers": {ADMIN, SUPERVISOR},
    "POST /admin/terminals/<row:terminal_id>/numbers": {ADMIN},
    "POST /admin/terminals/<row:terminal_id>/numbers/end": {ADMIN},
    "POST /admin/terminals/<row:terminal_id>/import": {ADMIN},
    "POST /admin/terminals/<row:terminal_id>/users": {ADMIN},
    'POST /admin/terminals/users/<row:user_id>/<any("rename", "enable", "disable", "remove")'
    ":change>": {ADMIN},
    'POST /admin/terminals/doubts/<row:punch_id>/<any("accept", "dismiss"):decision>': {ADMIN},
    'POST /admin/terminals/<row:terminal_id>/doubts/<any("accept", "dismiss"):decision>': {ADMIN},
    "POST /admin/terminals/uploads/<row:upload_id>/dismiss": {ADMIN},
    "POST /admin/terminals/uploads/<row:upload_id>/accept": {ADMIN},
    "GET /admin/queue": {ADMIN, SUPERVISOR},
    "GET /admin/queue/statistics": {ADMIN, SUPERVISOR},
    "GET /admin/queue/statistics.<any('csv', 'xlsx'):kind>": {ADMIN, SUPERVISOR},
    "POST /admin/queue/alarms/<row:alarm_id>/answer": {ADMIN, SUPERVISOR},
    "POST /admin/queue/counters/<row:counter_id>/take-back": {ADMIN, SUPERVISOR},
    "POST /admin/queue/complaints/<row:rating_id>/settle": {ADMIN, SUPERVISOR},
    "POST /admin/queue/confirm-day": {ADMIN, SUPERVISOR},
    "GET /api/queue/now": {ADMIN, SUPERVISOR},
    "GET /admin/queue/replay": {ADMIN, SUPERVISOR},
    "GET /api/queue/replay": {ADMIN, SUPERVISOR},
    "GET /api/queue/statistics": {ADMIN, SUPERVISOR},
    "GET /admin/printing": {ADMIN, DESK},
    "POST /admin/printing/jobs/<row:job_id>/leave": {ADMIN, DESK},
    "POST /admin/printing/jobs/<row:job_id>/reprint": {ADMIN, DESK},
    "POST /admin/printing/logo": {ADMIN},
    "GET /admin/printing/preview/<sample>.png": {ADMIN, DESK},
    "POST /admin/printing/printers/<row:printer_id>/roll": {ADMIN, DESK},
    "POST /admin/printing/printers/<row:printer_id>/trial": {ADMIN, DESK},
    "POST /api/pairings": EVERYBODY,
    "POST /api/pairings/collect": EVERYBODY,
    "GET /kiosk": {KIOSK, DESK},
    "GET /api/kiosk": {KIOSK, DESK},
    "POST /api/tickets": {KIOSK, DESK},
    "GET /api/print-jobs/<row:job_id>": {KIOSK, DESK},
    "GET /kiosk/codes/<code>.svg": {KIOSK, DESK},
    "GET /counter": {CLERK},
    "GET /api/counters": {CLERK},
    "GET /api/counters/<row:counter_id>": {CLERK},
    "POST /api/counters/<row:counter_id>/open": {CLERK},
    "POST /api/counters/<row:counter_id>/close": {CLERK},
    'POST /api/counters/<row:counter_id>/<any("next", "recall", "start", "finish", "no-show",'
    ' "hold"):press>': {CLERK},
    "POST /api/counters/<row:counter_id>/alarm": {CLERK},
    "POST /api/counters/<row:counter_id>/auto-next": {CLERK},
    "POST /api/counters/<row:counter_id>/walk-out": {CLERK},
    "POST /api/counters/<row:counter_id>/call-number": {CLERK},
    "POST /api/counters/<row:counter_id>/finish-cases": {CLERK},
    "POST /api/counters/<row:counter_id>/pause": {CLERK},
    "POST /api/counters/<row:counter_id>/resume": {CLERK},
    "POST /api/counters/<row:counter_id>/resume-service": {CLERK},
    "GET /api/counters/<row:counter_id>/targets": {CLERK},
    "POST /api/counters/<row:counter_id>/transfer": {CLERK},
    "POST /api/counters/<row:counter_id>/undo": {CLERK},
    "GET /api/desk/tickets": {DESK, SUPERVISOR},
    "GET /api/desk/why": {DESK, SUPERVISOR},
    'POST /api/desk/tickets/<row:ticket_id>/<any("return", "leave", "cancel"):what>': {
        DESK,
        SUPERVISOR,
    },
    "POST /api/appointments": {DESK},
    "POST /api/appointments/<row:appointment_id>/cancel": {DESK},
    "POST /api/appointments/check-in": {KIOSK, DESK},
    "GET /api/appointments/slots": {KIOSK, DESK},
    "POST /api/appointments/slots": {ADMIN, DESK},
    "GET /api/appointments": {DESK},
    "POST /api/kiosk/notices": {KIOSK, DESK},
    f"GET /api/kiosk/prompts/<any({ANY_SCREEN}):screen>.wav": {KIOSK, DESK},
    "GET /desk": {DESK},
    "GET /api/desk/hall": {DESK, SUPERVISOR},
    "POST /api/desk/tickets/<row:ticket_id>/print": {DESK, SUPERVISOR},
    "GET /api/desk/questions": {DESK, CLERK, SUPERVISOR},
    "POST /api/desk/questions": {DESK, CLERK, SUPERVISOR},
    "POST /api/desk/questions/<row:question_id>/close": {DESK, CLERK, SUPERVISOR},
    "GET /display": {DISPLAY, DESK, SUPERVISOR},
    "GET /api/display": {DISPLAY, DESK, SUPERVISOR},
    "GET /api/display/waits": {DISPLAY, DESK, SUPERVISOR},
    "GET /api/calls/<row:call_id>/voice.wav": {DISPLAY, DESK, SUPERVISOR},
    "GET /t/<secret>": EVERYBODY,
    "GET /api/t/<secret>": EVERYBODY,
    "POST /api/t/<secret>/leave": EVERYBODY,
    "POST /api/t/<secret>/rating": EVERYBODY,
    "POST /api/t/<secret>/return": EVERYBODY,
    "POST /t/<secret>/<any('return', 'leave', 'rating'):what>": EVERYBODY,
    "GET /api/agent/desired": {AGENT},
    "POST /api/agent/health": {AGENT},
    "POST /api/agent/findings": {AGENT},
    "POST /api/agent/readers/<row:device_id>/card": {AGENT},
    "POST /api/agent/readers/<row:device_id>/unreadable": {AGENT},
    "POST /api/agent/scanners/<row:device_id>/scan": {AGENT},
    "POST /api/agent/speakers/<row:device_id>/next": {AGENT},
    "GET /api/agent/calls/<row:call_id>/voice.wav": {AGENT},
    "GET /api/kiosk/handovers/<token>": {KIOSK},
    "POST /api/kiosk/returns": {KIOSK, DESK},
    "POST /api/agent/terminals/<row:terminal_id>/begin": {AGENT},
    "POST /api/agent/terminals/<row:terminal_id>/log": {AGENT},
    "POST /api/agent/terminals/<row:terminal_id>/rejected": {AGENT},
    "POST /api/agent/terminals/<row:terminal_id>/clock": {AGENT},
    "POST /api/agent/pushes/hello": {AGENT},
    "POST /api/agent/pushes/punches": {AGENT},
    "POST /api/agent/pushes/people": {AGENT},
    "POST /api/agent/pushes/unknown": {AGENT},
    "POST /api/agent/terminals/<row:terminal_id>/commands/claim": {AGENT},
    "POST /api/agent/terminals/commands/<row:command_id>/report": {AGENT},
    "POST /api/agent/printers/<row:printer_id>/claim": {AGENT},
    "POST /api/agent/print-jobs/<row:job_id>/report": {AGENT},
    "POST /api/agent/counters/<row:counter_id>/press": {AGENT},
    "POST /api/agent/counters/<row:counter_id>/rating": {AGENT},
    "GET /api/agent/receipt-logos/<digest>": {AGENT},
}


def visitor(site: Site, who: str) -> Visitor:
    if who == NOBODY:
        return site.nobody()
    return site.person(who) if who in STAFF else site.device(who)


def routes(site: Site) -> Iterator[str]:
    """Every address with each of its methods; static files are for everybody."""
    for rule in site.hallkeeper.app.url_map.iter_rules():
        if not rule.endpoint.endswith("static"):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield f"{method} {rule.rule}"


def visit(who: Visitor, route: str) -> TestResponse:
    """Ask for something that may not be there: access is checked before that shows."""
    method, path = route.split(" ", 1)
    path = re.sub(r"<row:\w+>", "1", path).replace("<int:year>", "2026")
    path = path.replace("<day>/<half>", "2026-09-14/morning")
    path = re.sub(r"<any\(.([\w-]+)[^>]*>", r"\1", path)
    for place in ("<token>", "<secret>", "<digest>", "<sample>"):
        path = path.replace(place, "none")
    return who.get(path) if method == "GET" else who.send(path)


def admitted(response: TestResponse) -> bool:
    """Whether the visitor got in; who may not use a device's page sees the pairing page."""
    return response.status_code not in {401, 403} and b"<hk-pairing" not in response.data


def wrong_password(response: TestResponse) -> bool:
    return response.request.path == "/login" and response.status_code == 401


def test_every_address_is_in_the_table(site: Site) -> None:
    assert sorted(routes(site)) == sorted(TABLE)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_the_table_is_kept(site: Site, who: str) -> None:
    found = {}
    for route in TABLE:
        with closing(visit(visitor(site, who), route)) as response:
            found[route] = admitted(response) or wrong_password(response)
    assert found == {route: who in people for route, people in TABLE.items()}


@pytest.mark.parametrize("path", ["/api/counters", "/api/kiosk", "/api/agent/desired"])
def test_who_is_not_known_is_asked_to_sign_in(site: Site, path: str) -> None:
    assert site.nobody().get(path).status_code == 401


@pytest.mark.parametrize("path", ["/api/kiosk", "/api/display", "/api/agent/desired"])
def test_who_is_known_but_may_not_is_told_so(site: Site, path: str) -> None:
    assert site.person("clerk1").get(path).status_code == 403


def test_a_page_leads_to_signing_in_and_back(site: Site) -> None:
    response = site.nobody().look("/admin/punches?day=1")
    assert (response.status_code, response.location) == (
        302,
        "/login?next=/admin/punches?day%3D1",
    )


def test_a_form_that_came_too_late_does_not_lead_back_to_itself(site: Site) -> None:
    response = site.nobody().submit("/logout")
    assert (response.status_code, response.location) == (302, "/login")


def test_a_page_for_others_says_so(site: Site) -> None:
    response = site.person("clerk1").look("/admin/devices")
    assert (response.status_code, response.mimetype) == (403, "text/html")


def test_static_files_are_for_everybody(site: Site) -> None:
    response = site.nobody().get("/static/tokens.css")
    assert response.status_code == 200
    response.close()


def test_an_address_without_a_rule_does_not_go_into_service() -> None:
    app = Flask("forgetful", static_folder=None)
    app.add_url_rule("/open", view_func=lambda: "open")
    with pytest.raises(RuntimeError, match="/open"):
        require_rules(app)
