"""One-time addresses: whoever is given one chooses a password, which nobody else ever knows."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, joinedload

from server.catalogue.models import Hall
from server.i18n import N_
from server.people.models import Account
from server.problems import NotSignedIn
from server.security.models import AccountLink, LoginSession
from server.security.principal import actor_of
from server.security.tokens import new_token, token_hash
from server.work import Work

LINK_LASTS = timedelta(days=3)
UNUSABLE_HASH = "!"  # no password fits this hash


def invite(work: Work, account: Account) -> str:
    """Void the account's password, sessions and earlier address; the token of a new address."""
    account.password_hash = UNUSABLE_HASH
    account.failures = 0
    account.locked_until = None
    end_sessions(work.session, account)
    work.session.execute(delete(AccountLink).where(AccountLink.account_id == account.id))
    token = new_token()
    work.session.add(
        AccountLink(
            account_id=account.id, token_hash=token_hash(token), expires_at=work.now + LINK_LASTS
        )
    )
    work.audit("account.invite", f"account:{account.id}")
    return token


def invited(session: Session, token: str, now: datetime) -> Account | None:
    """Whose password this token lets one choose; None when it is unknown, used or too old."""
    link = session.scalar(_open_link(token, now))
    return link.account if link is not None else None


def choose_password(session: Session, token: str, password_hash: str, now: datetime) -> Account:
    """Give the account its password, hashed already; the address is used up.

    Raises NotSignedIn when it is unknown, used or too old.
    """
    link = session.scalar(_open_link(token, now).with_for_update(of=AccountLink))
    if link is None:
        raise NotSignedIn(N_("这个地址已失效，请管理员重新生成"))
    account = link.account
    account.password_hash = password_hash
    session.delete(link)
    work = Work(session, session.get_one(Hall, account.hall_id), now, actor_of(account))
    work.audit("account.password", f"account:{account.id}")
    work.seal()
    return account


def end_sessions(session: Session, account: Account) -> None:
    """Sign the account out everywhere."""
    session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))


def _open_link(token: str, now: datetime) -> Select[AccountLink]:
    return (
        select(AccountLink)
        .join(Account, Account.id == AccountLink.account_id)
        .where(
            AccountLink.token_hash == token_hash(token),
            AccountLink.expires_at > now,
            Account.active,
        )
        .options(joinedload(AccountLink.account).joinedload(Account.person))
    )
