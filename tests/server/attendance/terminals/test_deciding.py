"""A punch that was set aside: what a person decides about it is judged at once."""

from datetime import timedelta

from sqlalchemy import select

from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.deciding import decide_all, decide_punch
from server.attendance.terminals.ingest import receive_punches
from server.attendance.terminals.models import Decision, DoubtfulPunch
from server.attendance.verdicts import VerdictKind
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, TUESDAY, KeptHall

PRESENT, ABSENT = VerdictKind.PRESENT, VerdictKind.ABSENT


def deliver_too_early(kept: KeptHall) -> list[int]:
    """The terminal's clock ran ahead: on the eve it told a good Monday. The punches' numbers."""
    kept.go_to(MONDAY - timedelta(days=1), "20:00")
    punches = [
        RawPunch(
            pin=str(kept.people["li"]),
            raw_time=number,
            terminal_time=kept.at(MONDAY, clock).replace(tzinfo=None),
            verify=1,
            state=0,
            occurrence=0,
            raw=b"record",
        )
        for number, clock in enumerate(GOOD_DAY)
    ]
    with kept.work("agent") as work:
        receive_punches(
            work, kept.built.devices["terminal"], in_columns(punches), "pull", timedelta()
        )
        return list(work.session.scalars(select(DoubtfulPunch.punch_id)))


def test_accepting_a_punch_changes_the_verdict(kept: KeptHall) -> None:
    numbers = deliver_too_early(kept)
    kept.go_to(TUESDAY, "08:00")
    before = kept.kinds("li", MONDAY)
    with kept.work("admin") as work:
        for number in numbers[:2]:
            decide_punch(work, number, Decision.ACCEPTED)
    kept.judge()
    assert (before, kept.kinds("li", MONDAY)) == ([ABSENT, ABSENT], [PRESENT, ABSENT])


def test_a_decision_taken_back_changes_it_back(kept: KeptHall) -> None:
    deliver_too_early(kept)
    kept.go_to(TUESDAY, "08:00")
    terminal_id = kept.built.devices["terminal"]
    with kept.work("admin") as work:
        assert decide_all(work, terminal_id, Decision.ACCEPTED) == len(GOOD_DAY)
    kept.judge()
    accepted = kept.kinds("li", MONDAY)
    with kept.work("admin") as work:
        for number in work.session.scalars(select(DoubtfulPunch.punch_id)):
            decide_punch(work, number, Decision.DISMISSED)
    kept.judge()
    assert (accepted, kept.kinds("li", MONDAY)) == ([PRESENT, PRESENT], [ABSENT, ABSENT])
