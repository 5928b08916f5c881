"""An administrator changes the hall's names and hours."""

import re

from tests.builders.fixtures import site
from tests.builders.site import Site, document

__all__ = ["site"]

PAGE = "/admin/hall/"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_the_hall_is_renamed_and_closed_on_mondays(site: Site) -> None:
    admin = site.person("admin")
    form = {"name": "新区政务大厅", "day_1": "9:00-12:00", "seen": seen(admin.look(PAGE).text)}
    assert admin.submit(PAGE, **form).status_code == 303
    kiosk = document(site.device("kiosk").get("/api/kiosk"))
    assert (kiosk["hall"], kiosk["open"]) == ("新区政务大厅", False)
    assert 'value="09:00-12:00"' in admin.look(PAGE).text


def test_hours_that_overlap_are_refused(site: Site) -> None:
    admin = site.person("admin")
    form = {"name": "大厅", "day_1": "9:00-12:00，11:00-13:00"}
    answer = admin.submit(PAGE, **form, seen=seen(admin.look(PAGE).text))
    assert (answer.status_code, "几段时间不能重叠" in answer.text) == (422, True)


def test_two_administrators_change_the_hall(site: Site) -> None:
    admin = site.person("admin")
    mark = seen(admin.look(PAGE).text)
    admin.submit(PAGE, name="甲", seen=mark)
    answer = admin.submit(PAGE, name="乙", seen=mark)
    assert (answer.status_code, "有人改过这一项" in answer.text) == (409, True)
    assert admin.submit(PAGE, name="乙", seen=seen(answer.text)).status_code == 303
