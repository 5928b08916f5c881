"""Patrols, proxy signing and attested times, and what they do to verdicts."""

import io

import pytest
from PIL import Image

from server.attachments import check_document, check_picture
from server.attendance.findings.models import ExcludedPunch, FindingKind
from server.attendance.findings.punch_choices import punches_to_choose
from server.attendance.findings.recording import (
    Observation,
    ProxyReport,
    attest_punch,
    latest_findings,
    record_finding,
    record_proxy,
    still_away,
)
from server.attendance.models import Punch
from server.attendance.notices.telling import mark_read, unread
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.problems import Conflict, Invalid
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, TUESDAY, KeptHall

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind


def found_away(hall: KeptHall, clock: str) -> int:
    """A patrol does not find li at the counter."""
    hall.clock.set(hall.at(MONDAY, clock))
    with hall.work("supervisor") as work:
        seen = Observation(hall.people["li"], FindingKind.AWAY, "不在岗", hall.built.counters[1])
        return record_finding(work, seen).id


@pytest.mark.parametrize(("until", "kind"), [("10:00:00", PRESENT), ("10:00:01", ABSENT)])
def test_out_for_more_than_an_hour_is_absence(
    kept: KeptHall, until: str, kind: VerdictKind
) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY)
    finding_id = found_away(kept, "09:00:00")
    kept.clock.set(kept.at(MONDAY, until))
    with kept.work("supervisor") as work:
        still_away(work, finding_id)
    kept.go_to(TUESDAY, "08:00")
    assert kept.kinds("li", MONDAY) == [kind, PRESENT]


def test_yesterdays_finding_is_not_checked_again(kept: KeptHall) -> None:
    finding_id = found_away(kept, "09:00")
    kept.clock.set(kept.at(TUESDAY, "09:00"))
    with pytest.raises(Conflict), kept.work("supervisor") as work:
        still_away(work, finding_id)


def test_the_person_is_told_of_a_finding_once(kept: KeptHall) -> None:
    found_away(kept, "09:00")
    with kept.work("li") as work:
        told = [notice.parameters["note"] for notice in unread(work, None)]
        mark_read(work, None, [notice.id for notice in unread(work, None)])
        after = unread(work, None)
    assert (told, list(after)) == (["不在岗"], [])


def test_nobody_else_is_told(kept: KeptHall) -> None:
    found_away(kept, "09:00")
    with kept.work("wang") as work:
        assert list(unread(work, None)) == []


def test_findings_can_be_looked_up_by_person(kept: KeptHall) -> None:
    found_away(kept, "09:00")
    with kept.work("supervisor") as work:
        counts = [len(latest_findings(work, kept.people[who])) for who in ("li", "wang")]
    assert counts == [1, 0]


def proxy(hall: KeptHall, punch_id: int | None = None) -> ProxyReport:
    """Wang punched for li on Monday morning."""
    return ProxyReport(
        MONDAY, HalfDay.MORNING, hall.people["wang"], hall.people["li"], "录像", punch_id
    )


def test_proxy_signing_makes_both_absent(kept: KeptHall) -> None:
    for who in ("li", "wang"):
        kept.punch(who, MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    with kept.work("supervisor") as work:
        record_proxy(work, proxy(kept))
    kept.judge()
    assert [kept.kinds(who, MONDAY) for who in ("li", "wang")] == [[ABSENT, PRESENT]] * 2


def test_the_proxy_punch_is_no_longer_counted(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY)
    with kept.built.session() as session:
        punch_id = session.query(Punch.id).order_by(Punch.id).first()
    assert punch_id is not None
    with kept.work("supervisor") as work:
        record_proxy(work, proxy(kept, punch_id[0]))
    assert kept.built.count(ExcludedPunch) == 1


def test_only_a_punch_of_the_signed_for_person_can_be_the_proxied_one(kept: KeptHall) -> None:
    kept.punch("wang", MONDAY, *GOOD_DAY)
    with kept.work("supervisor") as work:
        [first, *_] = punches_to_choose(work, kept.people["wang"], MONDAY)
    with pytest.raises(Invalid), kept.work("supervisor") as work:
        record_proxy(work, proxy(kept, first.id))
    assert kept.built.count(ExcludedPunch) == 0


def test_the_punches_of_a_day_are_listed_in_order_of_time(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *reversed(GOOD_DAY))
    kept.punch("li", TUESDAY, *GOOD_DAY)
    with kept.work("supervisor") as work:
        choices = punches_to_choose(work, kept.people["li"], MONDAY)
        assert [f"{each.at.astimezone(work.zone):%H:%M}" for each in choices] == [*GOOD_DAY]
        assert {each.terminal for each in choices} == {"terminal"}


def test_the_same_proxy_signing_is_recorded_once(kept: KeptHall) -> None:
    with kept.work("supervisor") as work:
        record_proxy(work, proxy(kept))
        with pytest.raises(Conflict):
            record_proxy(work, proxy(kept))


def test_nobody_signs_for_themselves(kept: KeptHall) -> None:
    li = kept.people["li"]
    with pytest.raises(Invalid), kept.work("supervisor") as work:
        record_proxy(work, ProxyReport(MONDAY, HalfDay.MORNING, li, li, ""))


def test_an_attested_time_is_a_correction(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY[1:])
    kept.go_to(TUESDAY, "08:00")
    before = kept.kinds("li", MONDAY)
    with kept.work("supervisor") as work:
        attest_punch(work, kept.people["li"], kept.at(MONDAY, "07:55"), "考勤机断电")
    kept.judge()
    assert (before, kept.kinds("li", MONDAY)) == ([LATE, PRESENT], [PRESENT, PRESENT])


def test_a_time_to_come_is_not_attested(kept: KeptHall) -> None:
    with pytest.raises(Invalid), kept.work("supervisor") as work:
        attest_punch(work, kept.people["li"], kept.at(TUESDAY, "07:55"), "考勤机断电")


def picture() -> bytes:
    """A photo with a place in it."""
    photo = Image.new("RGB", (2400, 1200), "navy")
    exif = photo.getexif()
    exif[0x010E] = "secret place"
    content = io.BytesIO()
    photo.save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_a_photo_is_kept_smaller_and_without_its_place() -> None:
    kept = check_picture(picture())
    drawn = Image.open(io.BytesIO(kept.content))
    assert (max(drawn.size), b"secret place" in kept.content) == (1600, False)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert check_document(b"%PDF-1.4 x").media_type == "application/pdf"


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<svg/>", b"%PDF-" + b"x" * 2_000_000])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        check_document(content)
