"""The first set-up: a hall and its administrator, made through a one-time address."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from server.catalogue.models import Hall, OpeningHours
from server.i18n import N_
from server.people.models import Account, Role
from server.problems import Conflict
from server.security.accounts import create_account_with_hash, use_setup_token
from server.security.passwords import password_faults
from server.settings import FirstHall
from server.work import SYSTEM, Work, Workplace


@dataclass(frozen=True, slots=True)
class NewHall:
    """What the set-up page asks for."""

    name: str
    name_en: str
    username: str
    password: str
    password_again: str

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> "NewHall":
        """Read the page's fields."""
        return cls(
            name=form.get("hall_name", "").strip(),
            name_en=form.get("hall_name_en", "").strip(),
            username=form.get("username", "").strip(),
            password=form.get("password", ""),
            password_again=form.get("password_again", ""),
        )

    def errors(self) -> dict[str, str]:
        """What is missing or wrong, by field; messages for the catalogue."""
        found: dict[str, str] = {}
        if not self.name:
            found["hall_name"] = N_("请填写大厅名称")
        if not self.username:
            found["username"] = N_("请填写管理员用户名")
        return found | password_faults(self.password, self.password_again)


def set_up_hall(
    workplace: Workplace,
    defaults: FirstHall,
    token: str,
    new_hall: NewHall,
    password_hash: str,
) -> Account:
    """Make the hall with the default taking hours and its administrator; the token is used up.

    Raises NotSignedIn for a token that is unknown or used, Conflict when there is a hall already.
    """
    with workplace.database.write() as session:
        now = workplace.clock()
        use_setup_token(session, token, now)
        if session.scalar(select(Hall.id).limit(1)) is not None:
            raise Conflict(N_("大厅已经设置过了，请直接登录"))
        hall = Hall(
            name=new_hall.name,
            name_en=new_hall.name_en or new_hall.name,
            time_zone=defaults.time_zone,
        )
        session.add(hall)
        session.flush()
        session.add_all(
            OpeningHours(hall_id=hall.id, weekday=iso - 1, opens=span.opens, closes=span.closes)
            for iso in defaults.weekdays
            for span in defaults.hours
        )
        work = Work(session, hall, now, SYSTEM)
        account = create_account_with_hash(
            work, new_hall.username, password_hash, Role.ADMINISTRATOR
        )
        work.audit("hall.set_up", f"hall:{hall.id}", name=hall.name)
        work.seal()
        return account
