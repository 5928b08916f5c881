"""Signing in and out, the staff home page, and the first set-up of a hall."""

from datetime import timedelta

from apiflask import APIBlueprint
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from server.edge.access import (
    SESSION_COOKIE,
    access,
    allow,
    drop_credential,
    public,
    set_credential,
)
from server.edge.context import caller, context, reading
from server.edge.language import _
from server.edge.offload import offload
from server.i18n import N_
from server.onboarding import Step, onboarding
from server.people.models import Role
from server.problems import Problem
from server.security.accounts import (
    open_session,
    setup_token_valid,
    sign_in,
    sign_out,
    stored_hash,
)
from server.security.passwords import hash_password, password_matches
from server.security.setup import NewHall, set_up_hall

blueprint = APIBlueprint("admin", __name__, enable_openapi=False)
limiter = Limiter(get_remote_address, storage_uri="memory://")

EVERYBODY = allow(*Role)
LOGIN_RATE = "20 per minute"
WRONG = N_("用户名或密码不正确，请重新输入；连续输错五次需等五分钟")


@blueprint.get("/")
@access(EVERYBODY)
def home() -> str:
    """The staff member's pages; an administrator sees what the hall still needs."""
    steps: list[Step] = []
    if caller().role is Role.ADMINISTRATOR:
        with reading() as work:
            steps = onboarding(work)
    return render_template("admin/home.html", principal=caller(), steps=steps)


@blueprint.get("/login")
@public
def login() -> str:
    """The form to sign in."""
    return render_template("login.html", error=None)


@blueprint.post("/login")
@public
@limiter.limit(LOGIN_RATE)
def log_in() -> ResponseReturnValue:
    """Sign in; the password is checked outside the transaction and the event loop."""
    username = request.form.get("username", "")
    password = request.form.get("password", "")
    place = context()
    with place.database.read() as session:
        known_hash = stored_hash(session, username)
    matches = offload(password_matches, known_hash, password)
    valid = timedelta(hours=place.settings.session_hours)
    with place.database.write() as session:
        entered = sign_in(
            session, username, matches=matches, now=place.workplace.clock(), valid=valid
        )
    if entered is None:
        return make_response(render_template("login.html", error=_(WRONG)), 401)
    account, token = entered
    return signed_in(_safe_target(account.role), token, valid)


@blueprint.post("/logout")
@access(EVERYBODY)
def logout() -> ResponseReturnValue:
    """Sign out here; other browsers stay signed in."""
    token = request.cookies.get(SESSION_COOKIE, "")
    with context().database.write() as session:
        sign_out(session, token, context().workplace.clock())
    context().audience.dismiss(token)
    response = redirect(url_for("admin.login"))
    drop_credential(response, SESSION_COOKIE)
    return response


@blueprint.get("/setup/<token>")
@public
def setup(token: str) -> ResponseReturnValue:
    """The first page of a new hall; its address works once."""
    with context().database.read() as session:
        valid = setup_token_valid(session, token)
    if not valid:
        detail = _(N_("这个设置地址已失效，请重新启动服务取得新的地址"))
        page = render_template("problem.html", title=_(N_("地址已失效")), detail=detail)
        return make_response(page, 404)
    return render_template("setup.html", form={}, errors={})


@blueprint.post("/setup/<token>")
@public
@limiter.limit(LOGIN_RATE)
def set_up(token: str) -> ResponseReturnValue:
    """Make the hall and its administrator, and sign the administrator in."""
    form = request.form.to_dict()
    new_hall = NewHall.from_form(form)
    errors = {name: _(message) for name, message in new_hall.errors().items()}
    if errors:
        return make_response(render_template("setup.html", form=form, errors=errors), 422)
    place = context()
    password_hash = offload(hash_password, new_hall.password)
    valid = timedelta(hours=place.settings.session_hours)
    now = place.workplace.clock()
    try:
        account = set_up_hall(
            place.workplace, place.settings.first_hall, token, new_hall, password_hash
        )
    except Problem as problem:
        errors = {"": _(problem.detail, **problem.parameters)}
        return make_response(
            render_template("setup.html", form=form, errors=errors), problem.status
        )
    with place.database.write() as session:
        session_token = open_session(session, account, now=now, valid=valid)
    return signed_in(url_for("admin.home"), session_token, valid)


def signed_in(target: str, token: str, valid: timedelta) -> ResponseReturnValue:
    """Go to a page with the cookie of a session just opened."""
    response = redirect(target)
    set_credential(response, SESSION_COOKIE, token, int(valid.total_seconds()))
    return response


def _safe_target(role: Role) -> str:
    """Where to go after signing in: the page that was asked for, if it is one of ours.

    Browsers take a second slash, or a backslash, for the beginning of another host's name, and
    leave out control characters before they look.
    """
    wanted = request.args.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith("//")
    if ours and "\\" not in wanted and wanted.isprintable():
        return request.script_root + wanted
    return start_page(role)


def start_page(role: Role) -> str:
    """Where somebody of this role begins."""
    return url_for("counter.page" if role is Role.CLERK else "admin.home")
