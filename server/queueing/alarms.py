"""A clerk asks for help without the hall noticing (一键报警)."""

from sqlalchemy import select, update

from server.catalogue.models import Counter
from server.i18n import N_
from server.problems import NotFound
from server.queueing.events import AlarmRaised
from server.queueing.models import StaffAlarm
from server.queueing.staffing import require_duty
from server.work import Work


def raise_alarm(work: Work, counter_id: int) -> StaffAlarm:
    """Ask for help at a counter; while an alarm is open, pressing again changes nothing.

    Raises NotFound, NotAtCounter.
    """
    require_duty(work, counter_id)
    present = open_alarm(work, counter_id)
    if present is not None:
        return present
    alarm = StaffAlarm(
        hall_id=work.hall_id,
        counter_id=counter_id,
        account_id=work.actor.account_id,
        raised_at=work.now,
    )
    work.session.add(alarm)
    work.session.flush()
    work.record(AlarmRaised(alarm_id=alarm.id, counter_id=counter_id, answered=False))
    work.audit("alarm.raise", f"counter:{counter_id}")
    return alarm


def answer_alarm(work: Work, alarm_id: int) -> StaffAlarm:
    """Somebody is on the way; answering again changes nothing. Raises NotFound."""
    alarm = work.session.get(StaffAlarm, alarm_id)
    if alarm is None or alarm.hall_id != work.hall_id:
        raise NotFound(N_("没有这次报警"))
    answered = work.session.execute(
        update(StaffAlarm)
        .where(StaffAlarm.id == alarm_id, StaffAlarm.answered_at.is_(None))
        .values(answered_at=work.now, answered_by=work.actor.account_id)
        .returning(StaffAlarm.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    work.session.refresh(alarm)
    if answered is not None:
        work.record(AlarmRaised(alarm_id=alarm.id, counter_id=alarm.counter_id, answered=True))
        work.audit("alarm.answer", f"counter:{alarm.counter_id}")
    return alarm


def open_alarm(work: Work, counter_id: int) -> StaffAlarm | None:
    """The alarm of a counter that nobody has answered."""
    return work.session.scalar(
        select(StaffAlarm).where(
            StaffAlarm.counter_id == counter_id, StaffAlarm.answered_at.is_(None)
        )
    )


def open_alarms(work: Work) -> list[tuple[StaffAlarm, Counter]]:
    """Alarms that nobody has answered, with their counters."""
    rows = work.session.execute(
        select(StaffAlarm, Counter)
        .join(Counter, Counter.id == StaffAlarm.counter_id)
        .where(StaffAlarm.hall_id == work.hall_id, StaffAlarm.answered_at.is_(None))
        .order_by(StaffAlarm.id)
    )
    return [(alarm, counter) for alarm, counter in rows]
