"""An administrator searches the audit trail and holds it against its seals."""

import re

import pytest
from sqlalchemy import update

from server.audit import AuditEntry
from server.audit_search import PAGE_SIZE
from tests.builders.fixtures import site
from tests.builders.site import Site

__all__ = ["site"]

PAGE = "/admin/hall/audit"


def note(site: Site, who: str, *actions: str) -> None:
    for action in actions:
        with site.hall.work(who) as work:
            work.audit(action, "test:1", colour="red")


def shown(site: Site, query: str) -> list[str]:
    page = site.person("admin").look(f"{PAGE}?{query}").text
    return re.findall(r'<th scope="row" title="([\w.]+)">', page)


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("", ["test.two", "test.one"]),
        ("action=test.one", ["test.one"]),
        ("first=2020-01-01&last=2020-01-02", []),
        ("first=0001-01-01&last=9999-12-31", ["test.two", "test.one"]),
        ("first=nonsense&page=-5", ["test.two", "test.one"]),
        ("actor=account:99", []),
    ],
)
def test_entries_are_found(site: Site, query: str, actions: list[str]) -> None:
    note(site, "clerk1", "test.one")
    note(site, "desk", "test.two")
    assert shown(site, query) == actions


def test_an_entry_says_in_words_what_was_done(site: Site) -> None:
    note(site, "clerk1", "counter.pause")
    page = site.person("admin").look(PAGE).text
    assert ">窗口暂停服务</th>" in page
    assert ">窗口暂停服务</option>" in page


def test_everything_that_was_done_to_one_subject(site: Site) -> None:
    note(site, "clerk1", "test.one")
    assert shown(site, "subject=test:1") == ["test.one"]
    assert shown(site, "subject=test:2") == []


def test_entries_come_page_by_page(site: Site) -> None:
    note(site, "clerk1", *(f"test.n{number}" for number in range(PAGE_SIZE + 1)))
    assert len(shown(site, "")) == PAGE_SIZE
    assert shown(site, "page=2") == ["test.n0"]
    assert shown(site, "page=99") == ["test.n0"]


def test_a_chain_that_holds(site: Site) -> None:
    note(site, "clerk1", "test.one")
    page = site.person("admin").look(f"{PAGE}?check=on").text
    assert "没有被改动过" in page


def test_a_chain_that_was_tampered_with(site: Site) -> None:
    note(site, "clerk1", "test.one", "test.two")
    with site.hall.database.write() as session:
        session.execute(
            update(AuditEntry).where(AuditEntry.action == "test.one").values(subject="test:2")
        )
    page = site.person("admin").look(f"{PAGE}?check=on").text
    assert "有 1 处与封印不符" in page
