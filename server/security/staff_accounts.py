"""Accounts of the staff, as an administrator gives, locks and ends them."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import select

from server.filling import FieldFault, Filling, Words, WrongFields, filled
from server.i18n import N_
from server.people.models import Account, Person, Role
from server.people.parts import PERSON
from server.problems import Conflict, NotFound
from server.security.accounts import create_account_with_hash
from server.security.invitations import UNUSABLE_HASH, end_sessions, invite
from server.work import Work

SHORTEST_USERNAME = 2


def _one_word(text: str) -> str:
    if any(letter.isspace() for letter in text):
        raise ValueError(N_("用户名中不能有空格"))
    return text


class AccountForm(Filling):
    """A user name and what its account may do."""

    username: Annotated[Words, Field(min_length=SHORTEST_USERNAME), AfterValidator(_one_word)]
    role: Role


class RoleForm(Filling):
    """What an account may do."""

    role: Role


def accounts_of(work: Work, person_id: int) -> Sequence[Account]:
    """A person's accounts."""
    return work.session.scalars(
        select(Account)
        .where(Account.hall_id == work.hall_id, Account.person_id == person_id)
        .order_by(Account.id)
    ).all()


def accounts_waiting(accounts: Sequence[Account]) -> set[int]:
    """Those whose holders have not chosen a password yet, by row number."""
    return {account.id for account in accounts if account.password_hash == UNUSABLE_HASH}


def all_accounts(work: Work) -> Mapping[int, Sequence[Account]]:
    """Every person's accounts, by the person's row number."""
    rows = work.session.scalars(
        select(Account)
        .where(Account.hall_id == work.hall_id, Account.person_id.is_not(None))
        .order_by(Account.id)
    )
    found: dict[int, list[Account]] = {}
    for account in rows:
        if account.person_id is not None:
            found.setdefault(account.person_id, []).append(account)
    return found


def give_account(work: Work, person_id: int, values: Mapping[str, object]) -> tuple[Account, str]:
    """An account for a person, and the token of the address where its password is chosen.

    Raises NotFound, WrongFields, Conflict for somebody whose employment has ended.
    """
    person = PERSON.find(work, person_id)
    if not person.active:
        raise Conflict(N_("这位工作人员已离职"))
    form = filled(AccountForm, values)
    if work.session.scalar(select(Account.id).where(Account.username == form.username)):
        raise WrongFields({"username": FieldFault(N_("这个用户名已被使用，请换一个"))})
    account = create_account_with_hash(work, form.username, UNUSABLE_HASH, form.role, person_id)
    return account, invite(work, account)


def renew_account(work: Work, account_id: int) -> tuple[Account, str]:
    """Void an account's password and give a new address. Raises NotFound, Conflict if locked."""
    account = _find(work, account_id)
    if not account.active:
        raise Conflict(N_("这个账号已停用，请先恢复"))
    return account, invite(work, account)


def give_role(work: Work, account_id: int, values: Mapping[str, object]) -> None:
    """Let an account do something else. Raises NotFound, WrongFields, Conflict."""
    account, form = _find(work, account_id), filled(RoleForm, values)
    if account.role is form.role:
        return
    _keep_an_administrator(work, account)
    work.audit("account.role", f"account:{account.id}", was=account.role, role=form.role)
    account.role = form.role


def lock_account(work: Work, account_id: int) -> None:
    """Let nobody in with an account, and sign it out everywhere. Raises NotFound, Conflict."""
    account = _find(work, account_id)
    if account.active:
        _keep_an_administrator(work, account)
        _lock(work, account)


def unlock_account(work: Work, account_id: int) -> None:
    """Let an account in again, also after too many wrong passwords. Raises NotFound, Conflict."""
    account = _find(work, account_id)
    if account.person is not None and not account.person.active:
        raise Conflict(N_("这位工作人员已离职"))
    account.active = True
    account.failures = 0
    account.locked_until = None
    work.audit("account.unlock", f"account:{account.id}")


def end_employment(work: Work, person_id: int) -> None:
    """A person leaves the hall: the accounts are locked, the records stay.

    Raises NotFound, Conflict.
    """
    person = PERSON.find(work, person_id)
    for account in accounts_of(work, person_id):
        if account.active:
            _keep_an_administrator(work, account)
            _lock(work, account)
    _employ(work, person, employed=False)


def resume_employment(work: Work, person_id: int) -> None:
    """A person is back; the accounts stay locked until somebody unlocks them. Raises NotFound."""
    _employ(work, PERSON.find(work, person_id), employed=True)


def _employ(work: Work, person: Person, *, employed: bool) -> None:
    if person.active is not employed:
        person.active = employed
        work.audit("person.resume" if employed else "person.leave", f"person:{person.id}")


def _lock(work: Work, account: Account) -> None:
    account.active = False
    end_sessions(work.session, account)
    work.audit("account.lock", f"account:{account.id}")


def _keep_an_administrator(work: Work, leaving: Account) -> None:
    """Nobody shuts out themselves, nor the last administrator. Raises Conflict."""
    if leaving.id == work.actor.account_id:
        raise Conflict(N_("不能对自己的账号这样做，请另一位管理员来做"))
    if leaving.role is not Role.ADMINISTRATOR:
        return
    # Held until the commit, so that two do not remove each other at the same moment.
    others = work.session.scalars(
        select(Account.id)
        .where(Account.hall_id == work.hall_id, Account.role == Role.ADMINISTRATOR, Account.active)
        .with_for_update()
    )
    if set(others) <= {leaving.id}:
        raise Conflict(N_("至少要留一位管理员"))


def _find(work: Work, account_id: int) -> Account:
    account = work.session.get(Account, account_id, with_for_update=True, populate_existing=True)
    if account is None or account.hall_id != work.hall_id:
        raise NotFound(N_("没有这个用户"))
    return account
