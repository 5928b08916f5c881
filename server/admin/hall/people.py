"""Units, their staff, and the accounts of the staff."""

from collections.abc import Callable, Mapping, Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input, told
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import Editor, Press, pressed
from server.admin.hall.services import NAMES
from server.edge.access import access
from server.edge.addresses import visitors_address
from server.edge.context import reading, writing
from server.edge.language import local
from server.i18n import N_
from server.people.masking import mask_name
from server.people.models import Account, Role
from server.people.parts import PERSON, UNIT, everybody
from server.people.staff import units
from server.problems import Problem
from server.security.invitations import LINK_LASTS
from server.security.staff_accounts import (
    accounts_of,
    accounts_waiting,
    all_accounts,
    end_employment,
    give_account,
    give_role,
    lock_account,
    renew_account,
    resume_employment,
    unlock_account,
)
from server.work import Work

PAGE = "hall.people"
PERSON_PAGE = "hall.edit_people"

ROLES: Mapping[Role, str] = {
    Role.CLERK: N_("窗口人员"),
    Role.GUIDANCE_DESK: N_("导办台"),
    Role.SUPERVISOR: N_("管理人员"),
    Role.ADMINISTRATOR: N_("系统管理员"),
}
ROLE_CHOICES = tuple((role.value, words) for role, words in ROLES.items())
ACCOUNT_FIELDS = (
    FormField("username", N_("用户名"), Input.TEXT, N_("登录时使用，不能有空格"), required=True),
    FormField("role", N_("角色"), Input.CHOICE, choices=ROLE_CHOICES),
)


@blueprint.get("/people")
@access(ADMINISTRATORS)
def people() -> str:
    """Units and staff; names are masked in the list."""
    with reading() as work:
        return render_template(
            "admin/hall/people.html",
            units=units(work),
            people=everybody(work),
            accounts=all_accounts(work),
            roles=ROLES,
            mask=mask_name,
        )


@blueprint.post("/people/<row:row_id>/account")
@access(ADMINISTRATORS)
def open_account(row_id: int) -> ResponseReturnValue:
    """Give a person an account; shows the address once."""
    form = request.form.to_dict()
    return _with_address(lambda work: give_account(work, row_id, form), row_id)


@blueprint.post("/people/<row:row_id>/accounts/<row:account_id>/renew")
@access(ADMINISTRATORS)
def renew(row_id: int, account_id: int) -> ResponseReturnValue:
    """A new address to choose a password with; the old password is void."""
    return _with_address(lambda work: renew_account(work, account_id), row_id)


@blueprint.post("/people/<row:row_id>/accounts/<row:account_id>/role")
@access(ADMINISTRATORS)
def change_role(row_id: int, account_id: int) -> ResponseReturnValue:
    """Give an account another role."""
    form = request.form.to_dict()
    done = N_("角色已更改")
    return pressed(lambda work: give_role(work, account_id, form), PERSON_PAGE, done, row_id=row_id)


@blueprint.post("/people/<row:row_id>/accounts/<row:account_id>/lock")
@access(ADMINISTRATORS)
def lock(row_id: int, account_id: int) -> ResponseReturnValue:
    """Let nobody in with an account."""
    done = N_("账号已停用，已从所有地方退出登录")
    return pressed(lambda work: lock_account(work, account_id), PERSON_PAGE, done, row_id=row_id)


@blueprint.post("/people/<row:row_id>/accounts/<row:account_id>/unlock")
@access(ADMINISTRATORS)
def unlock(row_id: int, account_id: int) -> ResponseReturnValue:
    """Let an account in again."""
    done = N_("账号已恢复")
    return pressed(lambda work: unlock_account(work, account_id), PERSON_PAGE, done, row_id=row_id)


@blueprint.post("/people/<row:row_id>/leave")
@access(ADMINISTRATORS)
def leave(row_id: int) -> ResponseReturnValue:
    """A person leaves the hall."""
    done = N_("已办理离职，账号已停用")
    return pressed(lambda work: end_employment(work, row_id), PAGE, done)


@blueprint.post("/people/<row:row_id>/resume")
@access(ADMINISTRATORS)
def resume(row_id: int) -> ResponseReturnValue:
    """A person is back."""
    done = N_("已恢复在职，账号需要时请另外恢复")
    return pressed(lambda work: resume_employment(work, row_id), PERSON_PAGE, done, row_id=row_id)


def _with_address(act: Callable[[Work], tuple[Account, str]], row_id: int) -> ResponseReturnValue:
    """Show the address that an account's holder is to open; it cannot be shown again."""
    try:
        with writing() as work:
            account, token = act(work)
            username = account.username
    except Problem as problem:
        return PEOPLE.page_with(row_id, told(problem), **_typed()), problem.status
    address = visitors_address() + url_for("invitations.welcome", token=token)
    return render_template(
        "admin/hall/link.html",
        address=address,
        username=username,
        days=LINK_LASTS.days,
        row_id=row_id,
    )


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("username", "role")}


def _person_fields(work: Work) -> Sequence[FormField]:
    of_units = [(str(one.id), local(one)) for one in units(work)]
    return (
        FormField("staff_number", N_("工号"), Input.TEXT, required=True),
        FormField("name", N_("姓名"), Input.TEXT, required=True),
        FormField("unit_id", N_("单位"), Input.CHOICE, choices=of_units),
    )


def _more(work: Work, row_id: int) -> Mapping[str, object]:
    accounts = accounts_of(work, row_id)
    return {
        "accounts": accounts,
        "waiting": accounts_waiting(accounts),
        "active": PERSON.find(work, row_id).active,
        "fields": ACCOUNT_FIELDS,
        "roles": ROLE_CHOICES,
        "now": work.now,
    }


def _switch(work: Work, row_id: int) -> Sequence[Press]:
    if PERSON.find(work, row_id).active:
        lead = N_("离职后账号停用，不再计入考勤；以前的记录保留")
        return (Press("hall.leave", N_("办理离职"), lead),)
    return (Press("hall.resume", N_("恢复在职"), N_("这位工作人员已离职")),)


UNITS = Editor("units", UNIT, N_("添加单位"), N_("单位"), PAGE, lambda _work: NAMES)
PEOPLE = Editor(
    "people",
    PERSON,
    N_("添加人员"),
    N_("工作人员"),
    PAGE,
    _person_fields,
    presses=_switch,
    template="admin/hall/person.html",
    more=_more,
)
UNITS.install()
PEOPLE.install()
