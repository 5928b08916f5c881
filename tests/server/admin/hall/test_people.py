"""An administrator looks after units, staff and accounts."""

import re

from sqlalchemy import select

from server.audit import AuditEntry
from server.people.models import Account, Person, Unit
from server.security.invitations import LINK_LASTS
from tests.builders.clock import HandClock
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor

__all__ = ["site"]

PAGE = "/admin/hall/people"
PASSWORD = "correct horse battery"


def person_of(site: Site, username: str) -> int:
    with site.hall.session() as session:
        account = session.scalars(select(Account).where(Account.username == username)).one()
        assert account.person_id is not None
        return account.person_id


def account_of(site: Site, username: str) -> Account:
    with site.hall.session() as session:
        return session.scalars(select(Account).where(Account.username == username)).one()


def address(text: str) -> str:
    found = re.search(r'value="[^"]*(/welcome/[^"]+)"', text)
    assert found, text
    return found[1]


def given(admin: Visitor, person: int, username: str = "newcomer", role: str = "clerk") -> str:
    answer = admin.submit(f"{PAGE}/{person}/account", username=username, role=role)
    return address(answer.text)


def test_a_person_is_added_and_the_name_is_masked_in_the_list_and_the_audit(site: Site) -> None:
    admin = site.person("admin")
    with site.hall.session() as session:
        unit = session.scalars(select(Unit.id)).one()
    form = {"staff_number": "099", "name": "欧阳示例", "unit_id": str(unit)}
    assert admin.submit(f"{PAGE}/add", **form).status_code == 303
    listed = admin.look(PAGE).text
    assert ("欧***" in listed, "欧阳示例" in listed) == (True, False)
    with site.hall.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "person.add")).one()
    assert "欧阳" not in str(entry.details)


def test_a_staff_number_is_given_once(site: Site) -> None:
    with site.hall.session() as session:
        person = session.scalars(select(Person)).first()
    assert person is not None
    answer = site.person("admin").submit(
        f"{PAGE}/add", staff_number=person.staff_number, name="李示例", unit_id=str(person.unit_id)
    )
    assert 'id="staff_number-error">这个工号已有人在用' in answer.text


def test_an_account_is_given_by_an_address_that_works_once(site: Site) -> None:
    link = given(site.person("admin"), person_of(site, "clerk1"))
    newcomer = site.nobody()
    assert "newcomer" in newcomer.look(link).text
    entered = newcomer.submit(link, password=PASSWORD, password_again=PASSWORD)
    assert (entered.status_code, entered.location) == (302, "/counter")
    assert newcomer.look("/").status_code == 200
    assert site.nobody().look(link).status_code == 404
    again = site.nobody().submit("/login", username="newcomer", password=PASSWORD)
    assert again.status_code == 302


def test_a_password_is_typed_twice(site: Site) -> None:
    link = given(site.person("admin"), person_of(site, "clerk1"))
    answer = site.nobody().submit(link, password=PASSWORD, password_again="other")
    assert (answer.status_code, "两次输入的密码不一致" in answer.text) == (422, True)


def test_an_address_is_not_good_for_ever(site: Site, clock: HandClock) -> None:
    link = given(site.person("admin"), person_of(site, "clerk1"))
    clock.move(days=LINK_LASTS.days, seconds=1)
    assert site.nobody().look(link).status_code == 404
    answer = site.nobody().submit(link, password=PASSWORD, password_again=PASSWORD)
    assert answer.status_code in {302, 401}
    assert account_of(site, "newcomer").password_hash == "!"


def test_a_user_name_is_given_once(site: Site) -> None:
    answer = site.person("admin").submit(
        f"{PAGE}/{person_of(site, 'clerk1')}/account", username="desk", role="clerk"
    )
    assert (answer.status_code, "这个用户名已被使用" in answer.text) == (422, True)


def test_a_reset_voids_the_password_and_the_sessions(site: Site) -> None:
    clerk, account = site.person("clerk1"), account_of(site, "clerk1")
    path = f"{PAGE}/{person_of(site, 'clerk1')}/accounts/{account.id}/renew"
    link = address(site.person("admin").submit(path).text)
    assert clerk.look("/").status_code == 302
    assert site.nobody().look(link).status_code == 200


def test_a_locked_account_is_out_at_once_and_comes_back(site: Site) -> None:
    admin, clerk, account = site.person("admin"), site.person("clerk1"), account_of(site, "clerk1")
    path = f"{PAGE}/{person_of(site, 'clerk1')}"
    admin.submit(f"{path}/accounts/{account.id}/lock")
    assert clerk.look("/").status_code == 302
    assert "恢复账号" in admin.look(path).text
    admin.submit(f"{path}/accounts/{account.id}/unlock")
    assert account_of(site, "clerk1").active


def test_a_role_is_changed(site: Site) -> None:
    account = account_of(site, "clerk1")
    path = f"{PAGE}/{person_of(site, 'clerk1')}/accounts/{account.id}/role"
    site.person("admin").submit(path, role="supervisor")
    assert account_of(site, "clerk1").role == "supervisor"


def test_nobody_shuts_out_themselves(site: Site) -> None:
    admin, path = site.person("admin"), f"{PAGE}/{person_of(site, 'admin')}"
    admin.submit(f"{path}/leave")
    assert "不能对自己的账号这样做" in admin.look(PAGE).text
    assert account_of(site, "admin").active


def test_employment_ends_and_the_accounts_with_it(site: Site) -> None:
    admin, clerk, person = site.person("admin"), site.person("clerk1"), person_of(site, "clerk1")
    admin.submit(f"{PAGE}/{person}/leave")
    assert clerk.look("/").status_code == 302
    assert "离职" in admin.look(PAGE).text
    answer = admin.submit(f"{PAGE}/{person}/account", username="newcomer", role="clerk")
    assert answer.status_code == 409
    admin.submit(f"{PAGE}/{person}/resume")
    assert not account_of(site, "clerk1").active
