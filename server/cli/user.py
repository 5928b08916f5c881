"""`hall user`: accounts by hand, e.g. when an administrator has forgotten the password."""

from pathlib import Path

import click
from sqlalchemy import select

from server.cli.db import data_dir_option
from server.cli.opening import first_hall_id, open_workplace, settings_from
from server.i18n import SOURCE_LANGUAGE, translate
from server.people.models import Account, Role
from server.problems import Problem
from server.security.accounts import create_account, set_password
from server.work import SYSTEM


@click.group()
def user() -> None:
    """用户 Accounts."""


@user.command("list")
@data_dir_option
def list_(data_dir: Path | None) -> None:
    """列出用户 List the accounts."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    with workplace.database.read() as session:
        for account in session.scalars(select(Account).order_by(Account.username)):
            state = "" if account.active else "  停用 inactive"
            click.echo(f"{account.username:<20} {account.role}{state}")


@user.command()
@data_dir_option
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.password_option(prompt="密码 password")
def add(data_dir: Path | None, username: str, role: str, password: str) -> None:
    """添加用户 Add an account."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    try:
        with workplace.write(first_hall_id(workplace), SYSTEM) as work:
            create_account(work, username, password, Role(role))
    except Problem as problem:
        raise _told(problem) from problem
    click.echo(f"已添加 added: {username}")


@user.command()
@data_dir_option
@click.argument("username")
@click.password_option(prompt="新密码 new password")
def password(data_dir: Path | None, username: str, password: str) -> None:
    """重设密码 Give an account a new password and end its sessions."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    try:
        with workplace.write(first_hall_id(workplace), SYSTEM) as work:
            set_password(work, username, password)
    except Problem as problem:
        raise _told(problem) from problem
    click.echo(f"已重设 changed: {username}")


def _told(problem: Problem) -> click.ClickException:
    return click.ClickException(translate(problem.detail, SOURCE_LANGUAGE, **problem.parameters))
