"""Questions (首问责任): whoever was asked first answers for it until it is closed."""

import pytest

from server.audit import AuditEntry
from server.problems import Conflict, NotAllowed, NotFound
from server.questions.asking import Asked, close, write_down
from server.questions.models import Outcome
from server.questions.views import questions_now
from tests.server.attendance.kept_hall import KeptHall

NOWHERE = 99_999


def asked(hall: KeptHall, outcome: Outcome = Outcome.FOLLOW_UP, who: str = "desk") -> int:
    """Somebody asks; the question's row number."""
    with hall.work(who) as work:
        return write_down(work, Asked("护照多久能办好？", outcome)).id


def shown(hall: KeptHall) -> list[tuple[str, bool]]:
    """What staff see: who was asked first, whether an answer is owed."""
    with hall.work("desk") as work:
        return [(each.first_asked, each.open) for each in questions_now(work)]


def test_who_was_asked_first_is_named(kept: KeptHall) -> None:
    asked(kept, who="li")
    assert shown(kept) == [("张li", True)]


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.FOLLOW_UP])
def test_what_was_settled_at_once_is_closed(kept: KeptHall, outcome: Outcome) -> None:
    asked(kept, outcome)
    assert shown(kept) == [("张desk", False)]


def test_an_answer_closes_it(kept: KeptHall) -> None:
    question_id = asked(kept)
    with kept.work("li") as work:
        close(work, question_id, "七个工作日")
    assert shown(kept) == [("张desk", False)]


def test_the_same_answer_again_changes_nothing(kept: KeptHall) -> None:
    question_id = asked(kept)
    for _ in range(2):
        with kept.work("desk") as work:
            close(work, question_id, "七个工作日")
    with kept.built.session() as session:
        entries = session.query(AuditEntry).filter_by(action="question.close").all()
    assert len(entries) == 1


def test_another_answer_is_refused(kept: KeptHall) -> None:
    question_id = asked(kept)
    with kept.work("desk") as work:
        close(work, question_id, "七个工作日")
    with pytest.raises(Conflict), kept.work("desk") as work:
        close(work, question_id, "十个工作日")


def test_one_that_is_owed_stays_in_sight_and_a_closed_one_goes(kept: KeptHall) -> None:
    asked(kept)
    asked(kept, Outcome.ANSWERED)
    kept.clock.move(days=1)
    assert shown(kept) == [("张desk", True)]


def test_what_is_owed_comes_before_what_is_newer(kept: KeptHall) -> None:
    asked(kept, who="li")
    asked(kept, Outcome.ANSWERED)
    assert shown(kept) == [("张li", True), ("张desk", False)]


def test_a_device_is_asked_nothing(kept: KeptHall) -> None:
    with pytest.raises(NotAllowed):
        asked(kept, who="agent")


def test_a_service_of_nowhere_is_refused(kept: KeptHall) -> None:
    with pytest.raises(NotFound), kept.work("desk") as work:
        write_down(work, Asked("？", Outcome.ANSWERED, service_id=NOWHERE))


def test_a_question_of_nowhere_is_not_closed(kept: KeptHall) -> None:
    with pytest.raises(NotFound), kept.work("desk") as work:
        close(work, NOWHERE, "七个工作日")
