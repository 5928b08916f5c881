"""The web application, wired together: the one place that knows every part."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from apiflask import APIFlask
from flask import Response
from flask_socketio import SocketIO
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from counter.commands import blueprint as counter_commands_blueprint
from counter.routes import blueprint as counter_blueprint
from display.citizen import blueprint as citizen_blueprint
from display.routes import blueprint as display_blueprint
from display.views import DisplaySnapshot, display_snapshot
from kiosk.appointments import blueprint as kiosk_appointments_blueprint
from kiosk.desk import blueprint as desk_blueprint
from kiosk.noticing import blueprint as kiosk_noticing_blueprint
from kiosk.questions import blueprint as desk_questions_blueprint
from kiosk.reading import blueprint as kiosk_reading_blueprint
from kiosk.routes import blueprint as kiosk_blueprint
from kiosk.speaking import blueprint as kiosk_speaking_blueprint
from server import __version__
from server.admin import (
    attendance,
    device_editing,
    devices,
    entrance,
    hall,
    invitations,
    printing,
    punches,
    queue,
    terminal_numbers,
    terminals,
)
from server.agents.counters import blueprint as agent_counters_blueprint
from server.agents.pushes import blueprint as agent_pushes_blueprint
from server.agents.readers import blueprint as agent_readers_blueprint
from server.agents.routes import blueprint as agents_blueprint
from server.agents.speakers import blueprint as agent_speakers_blueprint
from server.agents.terminal_commands import blueprint as agent_commands_blueprint
from server.agents.terminals import blueprint as agent_terminals_blueprint
from server.attendance.terminals.columns import ReadLog, no_log_reader
from server.attendance.terminals.importing import ReadExport, no_reader
from server.clock import Clock, system_clock
from server.database import Database
from server.edge.access import check_access, public, require_rules
from server.edge.addresses import origin_check
from server.edge.audience import Audience
from server.edge.context import (
    EXTENSION,
    Context,
    DrawReceipt,
    DrawSign,
    no_preview,
    no_sign_preview,
)
from server.edge.fields import RowNumberConverter
from server.edge.form_sessions import FormSessions
from server.edge.handover import Handovers
from server.edge.language import install_language
from server.edge.observing import install_observing
from server.edge.offload import offload
from server.edge.openapi import install_openapi
from server.edge.presence import Presence
from server.edge.problem_documents import install_problems
from server.edge.sockets import install_sockets
from server.realtime import Relay
from server.settings import SECRET_KEY_FILE, Settings
from server.voice.opening import speech_for
from server.voice.speech import Speech
from server.work import Work, Workplace

LARGEST_BODY_BYTES = 2 * 1024 * 1024
# Pages take more than 2.1 s of silence for a lost line (static/modules/link.js).
PING_SECONDS = 1.5
PING_TIMEOUT_SECONDS = 6

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


@dataclass(frozen=True, slots=True)
class Hallkeeper:
    """A wired application: its parts that the process goes on with."""

    app: APIFlask
    socketio: SocketIO
    relay: Relay
    audience: Audience
    presence: Presence
    database: Database
    speech: Speech


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    async_mode: str = "threading",
    draw_receipt: DrawReceipt = no_preview,
    draw_sign: DrawSign = no_sign_preview,
    read_export: ReadExport = no_reader,
    read_log: ReadLog = no_log_reader,
) -> Hallkeeper:
    """Wire the application. `async_mode` is `gevent` in the server process only.

    `draw_receipt`, `draw_sign`, `read_export` and `read_log` are handed in by the process, so that
    no page has to know a driver.
    """
    database = Database(settings.effective_database_url, offload)
    workplace = Workplace(database, clock)
    app = APIFlask(__name__, title="Hallkeeper", version=__version__, docs_path=None)
    app.config.update(
        SECRET_KEY=secret_key(settings.data_dir),
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        SESSION_COOKIE_NAME="hk_form",
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a screen's page stays open for weeks
        RATELIMIT_HEADERS_ENABLED=True,
        VALIDATION_ERROR_DESCRIPTION="invalid",
    )
    app.session_interface = FormSessions()
    app.url_map.converters["row"] = RowNumberConverter
    install_observing(app)
    install_language(app)
    app.jinja_env.globals["version"] = __version__
    install_problems(app)
    install_openapi(app)
    install_protection(app)
    for blueprint in (
        kiosk_blueprint,
        kiosk_reading_blueprint,
        kiosk_noticing_blueprint,
        kiosk_speaking_blueprint,
        kiosk_appointments_blueprint,
        desk_blueprint,
        desk_questions_blueprint,
        counter_blueprint,
        counter_commands_blueprint,
        display_blueprint,
        citizen_blueprint,
        agents_blueprint,
        agent_terminals_blueprint,
        agent_commands_blueprint,
        agent_pushes_blueprint,
        agent_counters_blueprint,
        agent_readers_blueprint,
        agent_speakers_blueprint,
        entrance.blueprint,
        invitations.blueprint,
        devices.pairing,
        punches.api,
        printing.blueprint,
        queue.blueprint,
        device_editing.blueprint,
        terminals.blueprint,
        terminal_numbers.blueprint,
        hall.blueprint,
        attendance.blueprint,
        attendance.api,
    ):
        app.register_blueprint(blueprint)
    public(app.view_functions["openapi.spec"])
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        cors_allowed_origins=origin_check(settings),
        path="/socket.io",
        ping_interval=PING_SECONDS,
        ping_timeout=PING_TIMEOUT_SECONDS,
    )
    presence = Presence(workplace, socketio.start_background_task, socketio.sleep)
    audience = Audience(workplace, socketio.server.disconnect, lambda: socketio.sleep(0))
    install_sockets(socketio, audience, presence)
    require_rules(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    relay = _relay(workplace, socketio, settings)
    speech = speech_for(settings)
    app.extensions[EXTENSION] = Context(
        settings,
        database,
        workplace,
        relay,
        audience,
        Handovers(clock),
        speech,
        draw_receipt,
        draw_sign,
        read_export,
        read_log,
    )
    return Hallkeeper(app, socketio, relay, audience, presence, database, speech)


def install_protection(app: APIFlask) -> None:
    """CSRF tokens, access rules, rate limits and response headers."""
    csrf = CSRFProtect(app)
    # Agents carry a bearer credential alone, phones the address of a ticket; who asks to be let in
    # has nothing yet to abuse.
    for without_forms in (
        agents_blueprint,
        agent_counters_blueprint,
        agent_readers_blueprint,
        agent_speakers_blueprint,
        agent_terminals_blueprint,
        agent_commands_blueprint,
        agent_pushes_blueprint,
        devices.pairing,
        citizen_blueprint,
    ):
        csrf.exempt(without_forms)
    entrance.limiter.init_app(app)
    app.before_request(check_access)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def secret_key(data_dir: Path) -> str:
    """The key that signs form tokens; made at the first start and kept from then on."""
    path = data_dir / SECRET_KEY_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        # A key that is half written must never be read: it appears whole, and the first one stays.
        with NamedTemporaryFile("w", dir=data_dir, encoding="ascii") as fresh:
            fresh.write(secrets.token_hex(32))
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, path)
    return path.read_text(encoding="ascii")


def _relay(workplace: Workplace, socketio: SocketIO, settings: Settings) -> Relay:
    fresh = timedelta(seconds=settings.announcement_fresh_seconds)

    def emit(event: str, notice: dict[str, object], to: str) -> None:
        socketio.emit(event, notice, to=to)

    def display(work: Work) -> DisplaySnapshot:
        return display_snapshot(work, fresh)

    return Relay(workplace, emit, pushed={"display": display})
