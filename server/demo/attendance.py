"""Attendance of the sample hall: a regulation, this year's and the next year's days, offices."""

from sqlalchemy import select

from server.attendance.hours.days import confirm_year, seed_calendar
from server.attendance.hours.regulation import adopt_regulation
from server.attendance.offices.holding import OF_A_UNIT, appoint
from server.attendance.presets.leave import Approver
from server.people.models import Account, Person, Unit
from server.settings import PROJECT_ROOT
from server.work import Work

REGULATION = PROJECT_ROOT / "config" / "presets" / "zichang.toml"
SUPERVISOR, UNIT_HEAD = "supervisor", "clerk2"


def keep_attendance(work: Work) -> None:
    """Judge the sample hall from today on; the supervisor holds every office of the centre."""
    today = work.business_date
    for year in (today.year, today.year + 1):
        seed_calendar(work, year)
        confirm_year(work, year)
    adopt_regulation(work, REGULATION.read_bytes(), today)
    supervisor = _supervisor(work)
    head = work.session.scalars(
        select(Person).join(Account).where(Account.username == UNIT_HEAD)
    ).one()
    for office in Approver:
        if office in OF_A_UNIT:
            appoint(work, office, head.id, today, head.unit_id)
        else:
            appoint(work, office, supervisor.id, today)


def _supervisor(work: Work) -> Person:
    """The account of the supervisor, made that of a member of the centre's own staff."""
    centre = Unit(hall_id=work.hall_id, name="政务服务中心", name_en="Government Service Centre")
    work.session.add(centre)
    work.session.flush()
    person = Person(hall_id=work.hall_id, unit_id=centre.id, staff_number="900", name="督查(示例)")
    work.session.add(person)
    work.session.flush()
    account = work.session.scalars(select(Account).where(Account.username == SUPERVISOR)).one()
    account.person_id = person.id
    return person
