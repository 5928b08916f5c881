"""Who a request or a socket comes from, found by its credential."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from server.devices.models import Device, DeviceKind
from server.people.models import Account, Role
from server.security.models import LoginSession
from server.security.tokens import token_hash
from server.work import Actor


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person or a paired device."""

    hall_id: int
    name: str
    actor: Actor
    role: Role | None = None
    device_kind: DeviceKind | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request or a socket shows: a login session's token, devices' tokens by kind."""

    session_token: str | None = None
    device_tokens: tuple[tuple[DeviceKind, str], ...] = ()


def principals(session: Session, credentials: Credentials, now: datetime) -> Iterator[Principal]:
    """Everybody whose valid credential is shown, one browser may carry several; devices first.

    Whoever signs in at a kiosk acts through the kiosk there, and its tickets come out of its
    printer.
    """
    for kind, token in credentials.device_tokens:
        device = device_by_token(session, token)
        if device is not None and device.device_kind is kind:
            yield device
    if credentials.session_token:
        person = person_by_session(session, credentials.session_token, now)
        if person is not None:
            yield person


def person_by_session(session: Session, token: str, now: datetime) -> Principal | None:
    """The person whose login session this token is."""
    account = session.scalar(
        select(Account)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(
            LoginSession.token_hash == token_hash(token),
            LoginSession.expires_at > now,
            Account.active,
        )
        .options(joinedload(Account.person))
    )
    if account is None:
        return None
    return Principal(
        hall_id=account.hall_id,
        name=account.person.name if account.person else account.username,
        actor=actor_of(account),
        role=account.role,
    )


def actor_of(account: Account) -> Actor:
    """Whose changes a signed-in person's are."""
    return Actor(f"account:{account.id}", account_id=account.id, is_person=True)


_DEVICE = select(Device.id, Device.hall_id, Device.name, Device.kind).where(
    Device.token_hash == bindparam("token_hash"), Device.active
)


def device_by_token(session: Session, token: str) -> Principal | None:
    """The paired device whose credential this is."""
    shown = {"token_hash": token_hash(token)}
    device = session.connection().execute(_DEVICE, shown).one_or_none()
    if device is None:
        return None
    return Principal(
        hall_id=device.hall_id,
        name=device.name,
        actor=Actor(f"device:{device.id}", device_id=device.id),
        device_kind=device.kind,
    )
