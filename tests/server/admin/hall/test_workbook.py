"""The hall is downloaded as a workbook, edited, looked at, and brought in."""

import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from sqlalchemy import select

from server.catalogue.book.files import LARGEST_BYTES, write_book
from server.catalogue.models import Service
from server.people.models import Person
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor

__all__ = ["site"]

PAGE = "/admin/hall/workbook"
Tables = dict[str, list[list[str]]]


def downloaded(admin: Visitor) -> Tables:
    book = load_workbook(io.BytesIO(admin.get(f"{PAGE}.xlsx").data))
    return {
        sheet.title: [[str(cell or "") for cell in row] for row in sheet.values]
        for sheet in book.worksheets
    }


def uploaded(admin: Visitor, tables: Mapping[str, Sequence[Sequence[str]]]) -> str:
    return admin.submit(PAGE, file=(io.BytesIO(write_book(tables)), "hall.xlsx")).text


def applied(admin: Visitor, page: str) -> int:
    found = dict(re.findall(r'name="(content|seen)" value="([^"]+)"', page))
    return admin.submit(f"{PAGE}/apply", **found).status_code


def names_of_services(site: Site) -> list[str]:
    with site.hall.session() as session:
        return list(session.scalars(select(Service.name).order_by(Service.id)))


def test_what_was_downloaded_changes_nothing(site: Site) -> None:
    admin = site.person("admin")
    assert "没有要改的" in uploaded(admin, downloaded(admin))


def test_a_row_is_changed_and_another_added_after_a_look(site: Site) -> None:
    admin = site.person("admin")
    tables = downloaded(admin)
    services = tables["事项"]
    services[1][1] = "改名的事项"
    services.append(["A09", "新事项", "", "综合", "A", *[""] * (len(services[0]) - 5)])
    page = uploaded(admin, tables)
    assert "<del>A 类业务</del> → 改名的事项" in page
    assert names_of_services(site) == ["A 类业务"]
    assert applied(admin, page) == 303
    assert names_of_services(site) == ["改名的事项", "新事项"]
    assert "没有要改的" in uploaded(admin, downloaded(admin))


def test_a_whole_new_part_of_the_hall(site: Site) -> None:
    admin = site.person("admin")
    tables = {
        "单位": [["中文名称"], ["民政局"]],
        "分类": [["中文名称", "显示次序"], ["民政事务", "3"]],
        "队列": [["字头", "中文名称"], ["M", "民政"]],
        "事项": [
            ["事项编码", "中文名称", "分类", "队列字头", "单位", "星期一"],
            ["M01", "结婚登记", "民政事务", "M", "民政局", "9:00-11:00"],
        ],
        "窗口": [["窗口号", "中文名称", "首选队列", "帮忙队列"], ["21", "民政", "M", "A"]],
        "人员": [["工号", "姓名", "单位"], ["101", "赵示例", "民政局"]],
    }
    assert applied(admin, uploaded(admin, tables)) == 303
    with site.hall.session() as session:
        assert session.scalars(select(Person.name).where(Person.staff_number == "101")).one()
    shown = downloaded(admin)
    assert shown["窗口"][-1][:6] == ["21", "民政", "", "否", "M", "A"]


def test_what_is_wrong_is_named_by_sheet_row_and_column(site: Site) -> None:
    admin = site.person("admin")
    tables = {
        "队列": [["字头", "中文名称", "号码位数"], ["A", "综合", "9"]],
        "事项": [["事项编码", "中文名称", "分类"], ["A01", "事项", "没有的"]],
        "窗口": [["窗口号", "颜色"], ["1", "红"], ["1", ""]],
    }
    page = uploaded(admin, tables)
    rows = re.findall(r"<tr><td>(\S+)</td><td[^>]*>(\d+)</td><td>(.*?)</td><th[^>]*>(.*?)<", page)
    assert rows == [
        ("队列", "2", "C 号码位数", "不能大于 5"),
        ("事项", "2", "C 分类", "没有叫“没有的”的"),
        ("窗口", "1", "B 颜色", "不认识这一列"),
        ("窗口", "3", " ", "这一行与前面的重复"),
    ]
    assert "确认导入" not in page


def test_a_hall_that_was_changed_after_the_look_is_shown_again(site: Site) -> None:
    admin = site.person("admin")
    tables = downloaded(admin)
    tables["事项"][1][1] = "改名的事项"
    page = uploaded(admin, tables)
    with site.hall.database.write() as session:
        session.scalars(select(Service)).one().name = "别人改的"
    assert applied(admin, page) == 409
    assert names_of_services(site) == ["别人改的"]


def test_files_that_cannot_be_read(site: Site) -> None:
    admin = site.person("admin")
    for content, words in (
        (b"", "请先选择文件"),
        (b"PK\x03\x04 nonsense", "打不开这个 Excel 文件"),
        (b"0" * (LARGEST_BYTES + 1), "文件不能超过 300 KB"),
    ):
        answer = admin.submit(PAGE, file=(io.BytesIO(content), "hall.xlsx"))
        assert (answer.status_code, words in answer.text) == (422, True)
    assert admin.submit(f"{PAGE}/apply", content="***").status_code == 422
