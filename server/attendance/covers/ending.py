"""The end of a cover: on the staff member's return it may not stay (临时顶岗人员管理制度 4.7)."""

from datetime import datetime

from sqlalchemy import select

from server.attendance.covers.models import CoverDuty
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.clock import business_date
from server.work import Work


def end_covers_of(work: Work, person_id: int, back_at: datetime) -> None:
    """End every cover for a person who is back; the day of return is the cover's last."""
    day = business_date(back_at, work.zone)
    duties = work.session.scalars(
        select(CoverDuty).where(
            CoverDuty.replaces_id == person_id,
            CoverDuty.ended_on.is_(None),
            CoverDuty.first_day <= day,
            CoverDuty.planned_last_day > day,
        )
    )
    for duty in duties:
        duty.ended_on = day
        judge_cover(work, duty)
        work.audit("cover.end", f"cover:{duty.id}", day=str(day))


def judge_cover(work: Work, duty: CoverDuty) -> None:
    """Have a cover's days judged again."""
    ask_to_judge(
        work,
        JudgingCause.COVER,
        duty.first_day,
        duty.planned_last_day,
        person_id=duty.person_id,
    )
