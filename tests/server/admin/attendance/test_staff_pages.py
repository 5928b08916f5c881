"""Pages of the staff: leave, cover, the signing desk, patrols, posts, publication, one's own."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from server.attendance.findings.models import ExcludedPunch
from server.attendance.leaves.models import LeaveApplication
from server.attendance.publishing.models import Publication
from tests.builders.site import Site
from tests.server.admin.attendance.cover_forms import cover
from tests.server.admin.attendance.forms import fill_in
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, TUESDAY, KeptHall

PDF = b"%PDF-1.7 certificate"
LEAVE = {
    "kind": "personal",
    "starts_at": "2026-09-15T08:00",
    "ends_at": "2026-09-15T12:00",
    "reason": "家中有事",
}


pytestmark = pytest.mark.usefixtures("offices")


def asked(kept: KeptHall, site: Site, **more: object) -> str:
    """Li asks for leave; the address of it."""
    form = LEAVE | {"cover_person_id": kept.people["wang"]} | more
    answer = site.person("li").submit("/attendance/leave", **form)
    assert answer.status_code == 302, answer.text
    with kept.built.session() as session:
        leave = session.query(LeaveApplication).order_by(LeaveApplication.id.desc()).first()
    assert leave is not None
    return f"/attendance/leave/{leave.id}"


@pytest.mark.parametrize("who", ["admin", "supervisor", "desk", "li"])
def test_everybody_has_a_page_of_their_own(site: Site, who: str) -> None:
    assert site.person(who).look("/attendance").status_code == 200


def test_ones_own_page_shows_punches_verdicts_and_reasons(kept: KeptHall, site: Site) -> None:
    kept.punch("li", MONDAY, "08:21", *GOOD_DAY[1:])
    kept.go_to(MONDAY, "23:59")
    page = site.person("li").look("/attendance").text
    assert ("08:21:00</time>" in page, "晚 21 分 0 秒" in page) == (True, True)


def test_ones_own_page_shows_nobody_elses(kept: KeptHall, site: Site) -> None:
    kept.punch("li", MONDAY, "08:21", *GOOD_DAY[1:])
    kept.go_to(MONDAY, "23:59")
    assert "08:21" not in site.person("wang").look("/attendance").text


def test_a_leave_goes_from_the_form_to_the_approver(kept: KeptHall, site: Site) -> None:
    path = asked(kept, site)
    waiting = site.person("section").look("/attendance/approvals").text
    granted = fill_in(site.person("section"), path, {"act": "agree", "opinion": "同意"}).text
    assert (path in waiting, "已准假" in granted) == (True, True)


def test_a_mistake_in_the_form_keeps_what_was_written(site: Site) -> None:
    form = LEAVE | {"ends_at": "2026-09-15T07:00"}
    page = site.person("li").submit("/attendance/leave", **form)
    assert (page.status_code, "家中有事" in page.text) == (422, True)


def test_a_certificate_is_seen_by_whom_it_concerns(kept: KeptHall, site: Site) -> None:
    path = asked(kept, site, kind="sick", document=(io.BytesIO(PDF), "zhengming.pdf"))
    seen = {
        who: site.person(who).get(f"{path}/document").status_code
        for who in ("li", "section", "office", "wang", "admin")
    }
    assert seen == {"li": 200, "section": 200, "office": 200, "wang": 404, "admin": 404}


def test_a_certificate_is_never_shown_as_a_page(kept: KeptHall, site: Site) -> None:
    path = asked(kept, site, kind="sick", document=(io.BytesIO(PDF), "zhengming.pdf"))
    headers = site.person("li").get(f"{path}/document").headers
    assert headers["Content-Disposition"].startswith("attachment")


def test_a_program_is_no_certificate(site: Site) -> None:
    form = LEAVE | {"kind": "sick", "document": (io.BytesIO(b"MZ\x90"), "zhengming.pdf")}
    assert site.person("li").submit("/attendance/leave", **form).status_code == 422


def test_the_slip_is_a_pdf(kept: KeptHall, site: Site) -> None:
    answer = site.person("li").get(f"{asked(kept, site)}/slip.pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")


def test_without_a_printer_the_page_says_so(kept: KeptHall, site: Site) -> None:
    page = fill_in(site.person("li"), asked(kept, site), {"act": "print"})
    assert "还没有打印机" in page.text


def test_the_office_notes_what_it_was_told(kept: KeptHall, site: Site) -> None:
    form = LEAVE | {"ends_at": "2026-09-15T09:00", "person_id": kept.people["li"]}
    office = site.person("office")
    page = fill_in(office, "/attendance/approvals/oral", form, "/attendance/approvals")
    assert "已登记" in page.text


def test_a_leave_is_cancelled_and_named_a_cover_on_its_page(kept: KeptHall, site: Site) -> None:
    path = asked(kept, site)
    named = fill_in(
        site.person("li"),
        path,
        {"act": "cover", "cover_person_id": kept.people["wang"], "cover_phone": "1380000"},
    )
    cancelled = fill_in(site.person("li"), path, {"act": "cancel"})
    assert ("1380000" in named.text, "已撤销" in cancelled.text) == (True, True)


def test_covers_are_no_business_of_others(kept: KeptHall, site: Site) -> None:
    cover(kept, site)
    page = site.person("wang").look("/attendance/covers").text
    assert "顶替 张li" not in page


def test_a_pin_is_shown_once(kept: KeptHall, site: Site) -> None:
    duty_id = cover(kept, site)
    office = site.person("office")
    given = fill_in(office, f"/attendance/covers/{duty_id}/pin", {}, "/attendance/covers").text
    again = office.look("/attendance/covers").text
    assert ("只显示这一次" in given, "只显示这一次" in again) == (True, False)


def test_a_patrol_is_recorded_with_a_photo(kept: KeptHall, site: Site) -> None:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG")
    content.seek(0)
    form = {
        "act": "finding",
        "person_id": kept.people["li"],
        "counter_id": kept.built.counters[1],
        "kind": "away",
        "note": "九点不在岗",
        "photo": (content, "photo.jpg"),
    }
    supervisor = site.person("supervisor")
    page = fill_in(supervisor, "/patrol", form)
    told = site.person("li").look("/attendance").text
    assert ("九点不在岗" in page.text, "九点不在岗" in told) == (True, True)
    assert supervisor.get("/patrol/1/photo").mimetype == "image/jpeg"


def test_still_away_proxy_and_correction_are_on_the_same_page(kept: KeptHall, site: Site) -> None:
    supervisor = site.person("supervisor")
    li, wang = kept.people["li"], kept.people["wang"]
    fill_in(supervisor, "/patrol", {"act": "finding", "person_id": li, "kind": "away", "note": "x"})
    statuses = [
        supervisor.submit("/patrol", **form).status_code
        for form in (
            {"act": "still_away", "finding_id": 1},
            {
                "act": "proxy",
                "day": MONDAY.isoformat(),
                "half": "morning",
                "signer_id": wang,
                "signed_for_id": li,
            },
            {"act": "attest", "person_id": li, "at": "2026-09-14T07:55", "why": "断电"},
        )
    ]
    assert statuses == [302, 302, 302]


def test_the_proxied_punch_is_chosen_from_the_days_punches(kept: KeptHall, site: Site) -> None:
    supervisor = site.person("supervisor")
    kept.punch("li", MONDAY, *GOOD_DAY)
    path = f"/patrol?day={MONDAY}&signed_for_id={kept.people['li']}"
    page = supervisor.look(path).text
    assert all(f"{clock}:00" in page for clock in GOOD_DAY)
    form = {
        "act": "proxy",
        "day": MONDAY.isoformat(),
        "half": "morning",
        "signer_id": kept.people["wang"],
        "signed_for_id": kept.people["li"],
        "punch_id": 1,
    }
    assert supervisor.submit(path, **form).status_code == 302
    assert kept.built.count(ExcludedPunch) == 1


@pytest.mark.parametrize("query", ["day=x&signed_for_id=1", "day=2026-09-14", "signed_for_id=1"])
def test_without_a_day_and_a_person_no_punches_are_listed(site: Site, query: str) -> None:
    assert "代签的是哪一次打卡" not in site.person("supervisor").look(f"/patrol?{query}").text


def test_the_board_shows_an_empty_post(site: Site) -> None:
    assert "空岗" in site.person("supervisor").look("/admin/attendance/posts").text


def test_roles_are_given_on_the_board(kept: KeptHall, site: Site) -> None:
    form = {
        "counter_id": kept.built.counters[2],
        "a_person_id": kept.people["zhao"],
        "since": MONDAY.isoformat(),
    }
    page = fill_in(site.person("supervisor"), "/admin/attendance/posts", form).text
    assert "张zhao</td>" in page


@pytest.fixture
def published(kept: KeptHall, site: Site) -> int:
    """A week is over and published on the page."""
    kept.punch("li", MONDAY, *GOOD_DAY[1:])
    kept.go_to(MONDAY + timedelta(days=7), "08:00")
    form = {"kind": "public", "day": MONDAY.isoformat()}
    answer = site.person("supervisor").submit("/admin/attendance/publications", **form)
    assert answer.status_code == 302, answer.text
    with kept.built.session() as session:
        return session.query(Publication).one().id


def test_a_publication_is_read_on_screen_as_pdf_and_as_workbook(site: Site, published: int) -> None:
    li = site.person("li")
    path = f"/attendance/publications/{published}"
    kinds = [str(li.get(path + ending).mimetype).split(".")[-1] for ending in ("", ".pdf", ".xlsx")]
    assert kinds == ["text/html", "application/pdf", "sheet"]


def test_an_objection_goes_from_ones_page_to_a_visible_correction(
    kept: KeptHall, site: Site, published: int
) -> None:
    form = {
        "publication_id": published,
        "which": f"{MONDAY} morning",
        "statement": "考勤机断电",
    }
    assert site.person("li").submit("/attendance/objections", **form).status_code == 302
    decision = {"objection_id": 1, "upheld": "true", "answer": "属实", "first": "07:55"}
    decided = site.person("supervisor").submit("/admin/attendance/objections", **decision)
    kept.judge()
    page = site.person("wang").look(f"/attendance/publications/{published}").text
    assert (decided.status_code, "迟到 → 出勤" in page) == (302, True)


def test_what_to_object_to_is_chosen_from_ones_own_results(site: Site, published: int) -> None:
    page = site.person("li").look("/attendance").text
    assert f'<option value="{MONDAY} morning">{MONDAY} 上午 迟到</option>' in page
    form = {"publication_id": published, "which": f"{MONDAY} morning", "statement": "考勤机断电"}
    site.person("li").submit("/attendance/objections", **form)
    assert f'<option value="{MONDAY} morning">' not in site.person("li").look("/attendance").text


@pytest.mark.parametrize("which", ["morning", "2026-09-14 evening"])
def test_what_is_no_half_day_cannot_be_objected_to(site: Site, published: int, which: str) -> None:
    form = {"publication_id": published, "which": which, "statement": "考勤机断电"}
    assert site.person("li").submit("/attendance/objections", **form).status_code == 422


def test_an_objection_too_late_names_the_clause(kept: KeptHall, site: Site, published: int) -> None:
    kept.clock.set(kept.at(MONDAY + timedelta(days=10), "08:00"))
    form = {
        "publication_id": published,
        "which": f"{MONDAY} morning",
        "statement": "考勤机断电",
    }
    page = site.person("li").submit("/attendance/objections", **form)
    assert (page.status_code, "窗口管理制度 五.8" in page.text) == (409, True)


def test_the_office_sees_what_is_due(site: Site, kept: KeptHall) -> None:
    kept.go_to(MONDAY + timedelta(days=7), "08:00")
    page = site.person("supervisor").look("/admin/attendance/publications").text
    assert "固定并发布" in page


def test_a_notice_is_put_away(kept: KeptHall, site: Site) -> None:
    asked(kept, site)
    section = site.person("section")
    before = "等您办理" in section.look("/attendance").text
    section.submit("/attendance/notices", notice_id=1)
    assert (before, "等您办理" in section.look("/attendance").text) == (True, False)


def test_how_ones_own_verdict_came_about(kept: KeptHall, site: Site) -> None:
    kept.go_to(TUESDAY, "08:00")
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.judge()
    assert "由旷工改为出勤" in site.person("li").look(f"/attendance/{MONDAY}/morning").text
