"""The page behind a one-time address, where a person chooses a password."""

from datetime import timedelta

from apiflask import APIBlueprint
from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from server.admin.entrance import LOGIN_RATE, limiter, signed_in, start_page
from server.edge.access import public
from server.edge.context import context
from server.edge.language import _
from server.edge.offload import offload
from server.i18n import N_
from server.security.accounts import open_session
from server.security.invitations import choose_password, invited
from server.security.passwords import hash_password, password_faults

blueprint = APIBlueprint("invitations", __name__, enable_openapi=False)

DETAIL = N_("这个地址已失效，请管理员重新生成")


@blueprint.get("/welcome/<token>")
@public
@limiter.limit(LOGIN_RATE)
def welcome(token: str) -> ResponseReturnValue:
    """The form for a password; its address works once."""
    return _page(token, {})


@blueprint.post("/welcome/<token>")
@public
@limiter.limit(LOGIN_RATE)
def take_up(token: str) -> ResponseReturnValue:
    """Set the password and sign its owner in."""
    password, again = request.form.get("password", ""), request.form.get("password_again", "")
    if faults := password_faults(password, again):
        return _page(token, {name: _(words) for name, words in faults.items()})
    place = context()
    password_hash = offload(hash_password, password)
    valid, now = timedelta(hours=place.settings.session_hours), place.workplace.clock()
    with place.database.write() as session:
        account = choose_password(session, token, password_hash, now)
        session_token = open_session(session, account, now=now, valid=valid)
        target = start_page(account.role)
    return signed_in(target, session_token, valid)


def _page(token: str, errors: dict[str, str]) -> ResponseReturnValue:
    place = context()
    with place.database.read() as session:
        account = invited(session, token, place.workplace.clock())
        if account is None:
            title = _(N_("地址已失效"))
            page = render_template("problem.html", title=title, detail=_(DETAIL))
            return make_response(page, 404)
        page = render_template("welcome.html", account=account, errors=errors)
        return make_response(page, 422 if errors else 200)
