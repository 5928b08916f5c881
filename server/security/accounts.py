"""Signing in and out, and making accounts."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from server.catalogue.models import Hall
from server.i18n import N_
from server.people.models import Account, Role
from server.problems import Conflict, NotFound, NotSignedIn
from server.security.models import LoginSession, SetupToken
from server.security.passwords import absent_hash, hash_password
from server.security.principal import actor_of
from server.security.tokens import new_token, token_hash
from server.work import NOBODY, Actor, Work

LOCK_AFTER_FAILURES = 5
LOCK_MINUTES = 5


def stored_hash(session: Session, username: str) -> str:
    """The hash to check a password against; a decoy for an unknown name."""
    found = session.scalar(select(Account.password_hash).where(Account.username == username))
    return found or absent_hash()


def sign_in(
    session: Session, username: str, *, matches: bool, now: datetime, valid: timedelta
) -> tuple[Account, str] | None:
    """Record one attempt to sign in; the account and the session cookie's token when it succeeds.

    `matches` says whether the password fitted `stored_hash`: it is checked outside the
    transaction, because hashing is slow on purpose. After five wrong passwords an account rests
    for five minutes. None means wrong; the failure itself is to be committed.
    """
    account = session.scalar(
        select(Account)
        .where(Account.username == username, Account.active)
        .options(joinedload(Account.person))
        .with_for_update(of=Account)
    )
    if account is None or (account.locked_until is not None and account.locked_until > now):
        return None
    if not matches:
        account.failures += 1
        if account.failures >= LOCK_AFTER_FAILURES:
            account.failures = 0
            account.locked_until = now + timedelta(minutes=LOCK_MINUTES)
            _note(session, account, NOBODY, "account.lock", now)
        return None
    account.failures = 0
    account.locked_until = None
    _note(session, account, actor_of(account), "session.open", now)
    return account, open_session(session, account, now=now, valid=valid)


def open_session(session: Session, account: Account, *, now: datetime, valid: timedelta) -> str:
    """Begin a login session; the token for its cookie."""
    token = new_token()
    session.add(
        LoginSession(
            account_id=account.id,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + valid,
        )
    )
    return token


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End a login session."""
    row = session.scalar(select(LoginSession).where(LoginSession.token_hash == token_hash(token)))
    if row is not None:
        session.delete(row)
        _note(session, row.account, actor_of(row.account), "session.end", now)


def _note(session: Session, account: Account, actor: Actor, action: str, now: datetime) -> None:
    """Write into the audit chain what happened to an account, and nothing of who it is."""
    hall = session.get_one(Hall, account.hall_id)
    work = Work(session, hall, now, actor)
    work.audit(action, f"account:{account.id}")
    work.seal()


def create_account(
    work: Work, username: str, password: str, role: Role, person_id: int | None = None
) -> Account:
    """Make an account. Raises Invalid (password), Conflict (name taken)."""
    return create_account_with_hash(work, username, hash_password(password), role, person_id)


def create_account_with_hash(
    work: Work, username: str, password_hash: str, role: Role, person_id: int | None = None
) -> Account:
    """Make an account whose password is hashed already. Raises Conflict (name taken)."""
    if work.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise Conflict(N_("这个用户名已被使用，请换一个"))
    account = Account(
        hall_id=work.hall_id,
        person_id=person_id,
        username=username,
        password_hash=password_hash,
        role=role,
    )
    work.session.add(account)
    work.session.flush()
    work.audit("account.create", f"account:{account.id}", username=username, role=role.value)
    return account


def set_password(work: Work, username: str, password: str) -> Account:
    """Give an account a new password and end its sessions. Raises NotFound, Invalid."""
    account = work.session.scalar(
        select(Account).where(Account.username == username, Account.hall_id == work.hall_id)
    )
    if account is None:
        raise NotFound(N_("没有这个用户"))
    account.password_hash = hash_password(password)
    account.failures = 0
    account.locked_until = None
    for row in work.session.scalars(
        select(LoginSession).where(LoginSession.account_id == account.id)
    ):
        work.session.delete(row)
    work.audit("account.password", f"account:{account.id}")
    return account


def new_setup_token(session: Session, now: datetime) -> str:
    """A fresh one-time token for the set-up page; earlier ones are void."""
    for row in session.scalars(select(SetupToken).where(SetupToken.used_at.is_(None))):
        session.delete(row)
    token = new_token()
    session.add(SetupToken(token_hash=token_hash(token), created_at=now))
    return token


def setup_token_valid(session: Session, token: str) -> bool:
    """Whether this set-up token may still be used."""
    return session.scalar(_open_setup_token(token)) is not None


def use_setup_token(session: Session, token: str, now: datetime) -> None:
    """Void the set-up token. Raises NotSignedIn when it is unknown or was used."""
    row = session.scalar(_open_setup_token(token).with_for_update())
    if row is None:
        raise NotSignedIn(N_("这个设置地址已失效，请重新启动服务取得新的地址"))
    row.used_at = now


def _open_setup_token(token: str) -> Select[SetupToken]:
    return select(SetupToken).where(
        SetupToken.token_hash == token_hash(token), SetupToken.used_at.is_(None)
    )
