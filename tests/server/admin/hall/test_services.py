"""An administrator adds, changes and withdraws services, categories and queues."""

import re

import pytest
from sqlalchemy import select

from server.catalogue.models import Category, Queue, Service
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor, document

__all__ = ["site"]

PAGE = "/admin/hall/services"


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', visitor.look(path).text)
    assert found
    return found[1]


def ids(site: Site) -> dict[str, str]:
    with site.hall.session() as session:
        return {
            "category_id": str(session.scalars(select(Category.id)).one()),
            "queue_id": str(session.scalars(select(Queue.id)).one()),
        }


def service(site: Site, code: str) -> Service:
    with site.hall.session() as session:
        return session.scalars(select(Service).where(Service.code == code)).one()


def offered(site: Site) -> int:
    kiosk = document(site.device("kiosk").get("/api/kiosk"))
    return sum(len(category["services"]) for category in kiosk["categories"])


def test_a_service_is_added_and_listed(site: Site) -> None:
    admin = site.person("admin")
    saved = admin.submit(
        f"{PAGE}/add",
        code="A02",
        name="社保转移",
        daily_quota="50",
        day_0="9:00—12:00",
        **ids(site),
    )
    assert saved.status_code == 303
    assert "社保转移" in admin.look(PAGE).text
    assert service(site, "A02").daily_quota == 50
    page = admin.look(f"{PAGE}/{service(site, 'A02').id}").text
    assert 'value="09:00-12:00"' in page


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(site: Site) -> None:
    answer = site.person("admin").submit(
        f"{PAGE}/add", code="A02", name="社保转移", daily_quota="0", day_1="12-9", **ids(site)
    )
    assert answer.status_code == 422
    assert 'id="daily_quota-error">不能小于 1' in answer.text
    assert 'id="day_1-error">请写成' in answer.text
    assert 'value="社保转移"' in answer.text


def test_a_guide_is_filled_in_with_the_service(site: Site) -> None:
    admin = site.person("admin")
    form = {"code": "A03", "name": "养老认证", "promised_days": "5", "real_name": "on"}
    lines = "身份证｜1｜原件\n照片 | 2"
    admin.submit(f"{PAGE}/add", **form, materials=lines, **ids(site))
    row = service(site, "A03")
    assert (row.promised_days, row.real_name) == (5, True)
    assert "身份证｜1｜原件\n照片｜2</textarea>" in admin.look(f"{PAGE}/{row.id}").text


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("｜2", "每行写一种材料"),
        ("照片｜零", "份数须为"),
        ("照片｜1｜" + "长" * 101, "材料的每一项最多"),
    ],
)
def test_materials_that_cannot_be_read(site: Site, lines: str, words: str) -> None:
    form = {"code": "A03", "name": "养老认证", "materials": lines}
    answer = site.person("admin").submit(f"{PAGE}/add", **form, **ids(site))
    assert f'id="materials-error">{words}' in answer.text


def test_a_code_is_given_once(site: Site) -> None:
    answer = site.person("admin").submit(f"{PAGE}/add", code="A01", name="又一个", **ids(site))
    assert 'id="code-error">这个编码已有事项在用' in answer.text


def test_a_category_of_nowhere_is_refused(site: Site) -> None:
    form = {**ids(site), "category_id": "999"}
    answer = site.person("admin").submit(f"{PAGE}/add", code="A02", name="事项", **form)
    assert 'id="category_id-error">请从列表中选择' in answer.text


def test_two_administrators_change_the_same_service(site: Site) -> None:
    path = f"{PAGE}/{site.hall.services['A']}"
    first, second = site.person("admin"), site.person("admin")
    mark = seen(first, path)
    form = {"code": "A01", "name": "甲改的", **ids(site), "seen": mark}
    assert first.submit(path, **form).status_code == 303
    answer = second.submit(path, **{**form, "name": "乙改的"})
    assert answer.status_code == 409
    assert "有人改过这一项" in answer.text
    assert 'value="乙改的"' in answer.text
    assert service(site, "A01").name == "甲改的"
    fresh = re.search(r'name="seen" value="(\w*)"', answer.text)
    assert fresh
    assert second.submit(path, **{**form, "name": "乙改的", "seen": fresh[1]}).status_code == 303
    assert service(site, "A01").name == "乙改的"


def test_a_withdrawn_service_is_not_offered_and_comes_back(site: Site) -> None:
    admin, path = site.person("admin"), f"{PAGE}/{site.hall.services['A']}"
    assert "停用这个事项" in admin.look(path).text
    admin.submit(f"{path}/withdraw")
    assert offered(site) == 0
    assert "恢复取号" in admin.look(path).text
    admin.submit(f"{path}/offer")
    assert offered(site) == 1


def test_a_queue_gets_its_numbers(site: Site) -> None:
    admin = site.person("admin")
    answer = admin.submit(
        "/admin/hall/queues/add", name="B 队", prefix="b", first_number="5", last_number="3"
    )
    assert 'id="last_number-error">最后的号码不能小于起始号码' in answer.text
    form = {"name": "B 队", "prefix": "b", "first_number": "1", "last_number": "200", "width": "4"}
    assert admin.submit("/admin/hall/queues/add", **form).status_code == 303
    assert "B0001–B0200" in admin.look(PAGE).text


def test_a_letter_has_one_queue(site: Site) -> None:
    answer = site.person("admin").submit("/admin/hall/queues/add", name="又一队", prefix="A")
    assert 'id="prefix-error">这个字头已有队列在用' in answer.text


def test_only_an_empty_category_is_removed(site: Site) -> None:
    admin = site.person("admin")
    admin.submit("/admin/hall/categories/add", name="临时分类")
    with site.hall.session() as session:
        rows = {one.name: one.id for one in session.scalars(select(Category))}
    admin.submit(f"/admin/hall/categories/{rows['综合']}/remove")
    assert "还有事项" in admin.look(PAGE).text
    admin.submit(f"/admin/hall/categories/{rows['临时分类']}/remove")
    assert "分类已移除" in admin.look(PAGE).text
    assert "临时分类" not in admin.look(PAGE).text


def test_what_is_not_there(site: Site) -> None:
    assert site.person("admin").look(f"{PAGE}/999").status_code == 404
