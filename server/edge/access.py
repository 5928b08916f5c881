"""Access rules: each route says who may use it, and one place checks it before the route runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.devices.models import DeviceKind
from server.edge.context import context
from server.i18n import N_
from server.people.models import Role
from server.problems import NotAllowed, NotSignedIn
from server.security.principal import Credentials, Principal, principals

SESSION_COOKIE = "hk_session"
BROWSER_KINDS = (DeviceKind.KIOSK, DeviceKind.DISPLAY)
DEVICE_COOKIE_SECONDS = 5 * 365 * 24 * 3600

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: everybody, or these roles and these kinds of paired device."""

    public: bool = False
    roles: frozenset[Role] = frozenset()
    devices: frozenset[DeviceKind] = frozenset()

    def admits(self, principal: Principal) -> bool:
        """Whether this caller may pass."""
        return principal.role in self.roles or principal.device_kind in self.devices


def allow(*who: Role | DeviceKind) -> Access:
    """The rule that lets these roles and kinds of device pass."""
    return Access(
        roles=frozenset(one for one in who if isinstance(one, Role)),
        devices=frozenset(one for one in who if isinstance(one, DeviceKind)),
    )


def access(rule: Access) -> Callable[[View], View]:
    """Let those whom the rule admits use the route."""

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let everybody use the route."""
    return access(Access(public=True))(view)


def rule_of(app: Flask, endpoint: str) -> Access | None:
    """The access rule of an endpoint."""
    return getattr(app.view_functions[endpoint], "access", None)


def require_rules(app: Flask) -> None:
    """Refuse to start with a route that does not say who may use it. Static files are public."""
    missing = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule_of(app, rule.endpoint) is None and not rule.endpoint.endswith("static")
    ]
    if missing:
        raise RuntimeError(f"routes without an access rule: {', '.join(missing)}")


def check_access() -> None:
    """Before each request: find out who asks and hold it against the route's rule.

    Raises NotSignedIn when nobody is known, NotAllowed when somebody else would be needed.
    """
    if request.endpoint is None or request.endpoint.endswith("static"):
        return
    rule = rule_of(current_app, request.endpoint)
    if rule is None or rule.public:
        return
    with context().database.read() as session:
        callers = list(known_callers(session))
    for principal in callers:
        if rule.admits(principal):
            g.principal = principal
            return
    if callers:
        raise NotAllowed(N_("您的账号或设备没有这项权限，请联系管理员"))
    raise NotSignedIn(N_("请先登录，或将本设备与大厅配对"))


def known_callers(session: Session) -> Iterator[Principal]:
    """Everybody whose valid credential this request carries, devices first."""
    return principals(session, shown_credentials(), context().workplace.clock())


def shown_credentials() -> Credentials:
    """What this request shows: cookies of browsers, the bearer credential of an agent.

    An agent has no cookie, for its routes ask for no form token.
    """
    cookies = request.cookies
    devices = [
        (kind, cookies[device_cookie(kind)])
        for kind in BROWSER_KINDS
        if cookies.get(device_cookie(kind))
    ]
    authorization = request.authorization
    if authorization is not None and authorization.type == "bearer" and authorization.token:
        devices.append((DeviceKind.AGENT, authorization.token))
    return Credentials(cookies.get(SESSION_COOKIE), tuple(devices))


def device_cookie(kind: DeviceKind) -> str:
    """The name of the cookie that holds a paired browser's credential."""
    return f"hk_{kind.value}"


def set_credential(response: Response, name: str, token: str, max_age: int) -> None:
    """Put a credential into a cookie that scripts cannot read, under the path we are served at."""
    response.set_cookie(
        name,
        token,
        max_age=max_age,
        path=request.script_root or "/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def drop_credential(response: Response, name: str) -> None:
    """Remove a credential's cookie."""
    response.delete_cookie(name, path=request.script_root or "/")
