"""Publication: frozen weekly, objected to within two days, corrected in sight of everybody."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from server.attendance.findings.recording import attest_punch
from server.attendance.notices.models import Notice
from server.attendance.offices.holding import appoint
from server.attendance.presets.leave import Approver
from server.attendance.publishing.content import digest_of
from server.attendance.publishing.freezing import notify_units, publish, year_file
from server.attendance.publishing.models import ObjectionState, Publication, PublicationKind
from server.attendance.publishing.objecting import (
    TooLateToObject,
    decide_objection,
    last_day_to_object,
    objections,
    raise_objection,
)
from server.attendance.publishing.papers import results_pdf, results_workbook
from server.attendance.publishing.views import due_periods, publications, published_results
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.people.models import Person
from server.people.staff import acting_person
from server.problems import Conflict, Invalid, NotFound
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, KeptHall

NEXT_MONDAY = MONDAY + timedelta(days=7)
MORNING = HalfDay.MORNING


@pytest.fixture
def hall(kept: KeptHall) -> KeptHall:
    """A week has passed in which li forgot to sign in on Monday; all others were absent."""
    kept.punch("li", MONDAY, *GOOD_DAY[1:])
    for n in (1, 2, 3, 4, 6):  # Sunday is a make-up working day
        kept.punch("li", MONDAY + timedelta(days=n), *GOOD_DAY)
    kept.go_to(NEXT_MONDAY, "08:00")
    return kept


def published(hall: KeptHall) -> int:
    """The week is published."""
    with hall.work("supervisor") as work:
        return publish(work, MONDAY).id


def objected(hall: KeptHall, publication_id: int) -> int:
    """Li objects to Monday morning."""
    with hall.work("li") as work:
        return raise_objection(work, publication_id, MONDAY, MORNING, "考勤机断电").id


def corrections(hall: KeptHall, publication_id: int) -> list[tuple[int, VerdictKind | None]]:
    """Whose half days are judged otherwise than published."""
    with hall.work("supervisor") as work:
        row = work.session.get_one(Publication, publication_id)
        return [(each.person_id, each.after) for each in published_results(work, row).corrections]


def test_a_week_is_frozen_with_its_hash(hall: KeptHall) -> None:
    published(hall)
    with hall.built.session() as session:
        row = session.query(Publication).one()
        assert (row.first_day, row.last_day) == (MONDAY, MONDAY + timedelta(days=6))
        assert row.digest == digest_of(row.content)


def test_counts_and_half_days_are_in_it(hall: KeptHall) -> None:
    published(hall)
    with hall.built.session() as session:
        lines = session.query(Publication).one().content["people"]
    people = {line["person"]: line for line in lines}
    assert people[hall.people["li"]]["counts"] == {
        "half_days": 12,
        "present": 11,
        "on_leave": 0,
        "absent": 0,
        "late": 1,
        "early_leave": 0,
    }


def test_a_week_that_runs_is_not_published(hall: KeptHall) -> None:
    with pytest.raises(Conflict), hall.work("supervisor") as work:
        publish(work, NEXT_MONDAY)


def test_a_week_is_published_once(hall: KeptHall) -> None:
    published(hall)
    with pytest.raises(Conflict):
        published(hall)


def test_a_week_with_something_left_to_judge_is_not_published(hall: KeptHall) -> None:
    hall.punch("wang", MONDAY, *GOOD_DAY)
    with hall.work("admin") as work:
        attest_punch(work, hall.people["wang"], hall.at(MONDAY, "07:50"), "断电")
    with pytest.raises(Conflict):
        published(hall)


def test_the_office_sees_which_weeks_are_due(hall: KeptHall) -> None:
    with hall.work("supervisor") as work:
        before = [period.first for period in due_periods(work, PublicationKind.PUBLIC)]
        publish(work, MONDAY)
        after = due_periods(work, PublicationKind.PUBLIC)
    assert (before, after) == ([MONDAY], [])


@pytest.mark.parametrize(("days", "valid"), [(0, True), (2, True), (3, False)])
def test_objections_are_valid_for_two_days(hall: KeptHall, days: int, *, valid: bool) -> None:
    publication_id = published(hall)
    hall.clock.set(hall.at(NEXT_MONDAY + timedelta(days=days), "23:59:59"))
    if valid:
        assert objected(hall, publication_id)
    else:
        with pytest.raises(TooLateToObject) as refused:
            objected(hall, publication_id)
        assert refused.value.parameters["clause"] == "窗口管理制度 五.8"


def test_the_last_day_is_told(hall: KeptHall) -> None:
    publication_id = published(hall)
    with hall.work("li") as work:
        row = work.session.get_one(Publication, publication_id)
        assert last_day_to_object(work, row) == NEXT_MONDAY + timedelta(days=2)


def test_a_half_day_is_objected_to_once(hall: KeptHall) -> None:
    publication_id = published(hall)
    objected(hall, publication_id)
    with pytest.raises(Conflict):
        objected(hall, publication_id)


def test_only_what_was_published_of_oneself_is_objected_to(hall: KeptHall) -> None:
    publication_id = published(hall)
    with pytest.raises(NotFound), hall.work("li") as work:
        raise_objection(work, publication_id, date(2026, 9, 13), MORNING, "断电")


def test_an_objection_says_why(hall: KeptHall) -> None:
    publication_id = published(hall)
    with pytest.raises(Invalid), hall.work("li") as work:
        raise_objection(work, publication_id, MONDAY, MORNING, " ")


def test_an_objection_upheld_is_a_visible_correction(hall: KeptHall) -> None:
    publication_id = published(hall)
    objection_id = objected(hall, publication_id)
    with hall.work("supervisor") as work:
        at = hall.at(MONDAY, "07:55")
        decide_objection(work, objection_id, upheld=True, answer="属实", attested=[at])
    hall.judge()
    assert corrections(hall, publication_id) == [(hall.people["li"], VerdictKind.PRESENT)]


def test_the_frozen_version_stays_as_it_was(hall: KeptHall) -> None:
    publication_id = published(hall)
    hall.punch("wang", MONDAY, *GOOD_DAY)
    hall.judge()
    with hall.work("supervisor") as work:
        results = published_results(work, work.session.get_one(Publication, publication_id))
    assert (results.intact, len(results.corrections)) == (True, 2)


def test_a_version_that_was_tampered_with_shows(hall: KeptHall) -> None:
    publication_id = published(hall)
    with hall.work("supervisor") as work:
        row = work.session.get_one(Publication, publication_id)
        row.content = {**row.content, "hall": "别的大厅"}
        assert not published_results(work, row).intact


def test_an_objection_rejected_changes_nothing_and_is_answered(hall: KeptHall) -> None:
    publication_id = published(hall)
    objection_id = objected(hall, publication_id)
    with hall.work("supervisor") as work:
        decide_objection(work, objection_id, upheld=False, answer="考勤机正常")
    hall.judge()
    with hall.work("li") as work:
        (row,) = objections(work, person_id=hall.people["li"])
        assert (row.state, row.answer) == (ObjectionState.REJECTED, "考勤机正常")
    assert corrections(hall, publication_id) == []


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)])
def test_a_decision_corrects_the_day_in_question_only(hall: KeptHall, day: date) -> None:
    objection_id = objected(hall, published(hall))
    at = hall.at(day, "07:55")
    with pytest.raises(Invalid), hall.work("supervisor") as work:
        decide_objection(work, objection_id, upheld=True, answer="属实", attested=[at])


def test_an_objection_is_decided_once(hall: KeptHall) -> None:
    objection_id = objected(hall, published(hall))
    with hall.work("supervisor") as work:
        decide_objection(work, objection_id, upheld=False, answer="考勤机正常")
        with pytest.raises(Conflict):
            decide_objection(work, objection_id, upheld=True, answer="属实")


def test_units_are_told_of_a_month(hall: KeptHall) -> None:
    with hall.work("admin") as work:
        unit_id = acting_person(work).unit_id
        appoint(work, Approver.UNIT_HEAD, hall.people["zhao"], MONDAY, unit_id)
    hall.go_to(date(2026, 10, 8), "08:00")
    with hall.work("supervisor") as work:
        made = notify_units(work, MONDAY)
        again = notify_units(work, MONDAY)
    with hall.built.session() as session:
        told = session.query(Notice).filter(Notice.once.startswith("unit_notice:")).count()
    assert (len(made), len(again), told) == (1, 0, 1)


def test_a_year_is_filed_once_it_is_over(hall: KeptHall) -> None:
    with pytest.raises(Conflict), hall.work("supervisor") as work:
        year_file(work, 2026)


def test_the_paper_shows_the_hash(hall: KeptHall) -> None:
    publication_id = published(hall)
    with hall.work("supervisor") as work:
        row = work.session.get_one(Publication, publication_id)
        pdf = results_pdf(work, published_results(work, row))
    assert pdf.startswith(b"%PDF-")


def test_the_workbook_reads_no_cell_as_a_formula(hall: KeptHall) -> None:
    with hall.built.database.write() as session:
        session.get_one(Person, hall.people["li"]).name = "=1+1"
    publication_id = published(hall)
    with hall.work("supervisor") as work:
        row = work.session.get_one(Publication, publication_id)
        content = results_workbook(published_results(work, row))
    page = load_workbook(io.BytesIO(content))["汇总"]
    cells = [cell for line in page.iter_rows() for cell in line]
    (name,) = [cell for cell in cells if cell.value == "=1+1"]
    assert name.data_type == "s"


def test_publications_are_listed_newest_first(hall: KeptHall) -> None:
    published(hall)
    hall.go_to(NEXT_MONDAY + timedelta(days=7), "08:00")
    with hall.work("supervisor") as work:
        publish(work, NEXT_MONDAY)
        listed = [row.first_day for row in publications(work, PublicationKind.PUBLIC)]
    assert listed == [NEXT_MONDAY, MONDAY]
