"""What a person decides about what was set aside."""

from sqlalchemy import select, update

from server.attendance.events import PunchesReceived
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.attendance.terminals.commands import find_terminal
from server.attendance.terminals.models import (
    Decision,
    DoubtfulPunch,
    QuarantinedUpload,
    TerminalFinding,
)
from server.i18n import N_
from server.problems import Invalid, NotFound
from server.work import Work


def decide_punch(work: Work, punch_id: int, decision: Decision) -> None:
    """Let a doubtful punch count, or not; the punch itself is never changed, its day judged again.

    Raises NotFound, Invalid for accepting one whose clock told no real time.
    """
    doubt = work.session.get(DoubtfulPunch, punch_id)
    if doubt is None or doubt.punch.hall_id != work.hall_id:
        raise NotFound(N_("没有这条待核实的打卡"))
    if decision is Decision.ACCEPTED and doubt.punch.punched_at is None:
        raise Invalid(N_("这条打卡没有真实时间，不能采用"))
    doubt.decision = decision
    doubt.decided_at = work.now
    doubt.decided_by = work.actor.account_id
    work.audit("punch.decide", f"punch:{punch_id}", decision=decision.value)
    work.record(PunchesReceived(doubt.punch.terminal_id, 1, after=punch_id - 1))
    _judge(work, doubt.punch)


def decide_all(work: Work, terminal_id: int, decision: Decision) -> int:
    """Decide about every doubtful punch of a terminal that can be; how many. Raises NotFound."""
    find_terminal(work, terminal_id)
    waiting = (
        select(DoubtfulPunch.punch_id)
        .join(Punch, Punch.id == DoubtfulPunch.punch_id)
        .where(Punch.terminal_id == terminal_id, DoubtfulPunch.decision.is_(None))
    )
    if decision is Decision.ACCEPTED:
        waiting = waiting.where(Punch.punched_at.is_not(None))
    decided = list(work.session.scalars(waiting))
    for punch_id in decided:
        decide_punch(work, punch_id, decision)
    return len(decided)


def decide_upload(work: Work, upload_id: int, decision: Decision) -> None:
    """Put a quarantined read or upload away. Raises NotFound."""
    upload = work.session.get(QuarantinedUpload, upload_id)
    if upload is None or upload.hall_id != work.hall_id:
        raise NotFound(N_("没有这份隔离的数据"))
    upload.decision = decision
    upload.decided_at = work.now
    upload.decided_by = work.actor.account_id
    work.audit("upload.decide", f"upload:{upload_id}", decision=decision.value)


def mark_findings_seen(work: Work, terminal_id: int) -> None:
    """Somebody has looked at what happened to a terminal's log. Raises NotFound."""
    find_terminal(work, terminal_id)
    work.session.execute(
        update(TerminalFinding)
        .where(TerminalFinding.terminal_id == terminal_id, TerminalFinding.seen_at.is_(None))
        .values(seen_at=work.now, seen_by=work.actor.account_id)
        .execution_options(synchronize_session=False)
    )
    work.audit("terminal.findings_seen", f"device:{terminal_id}")


def _judge(work: Work, punch: Punch) -> None:
    day = punch.business_date
    if day is None:
        return
    owners = select(TerminalIdentity.person_id).join(Punch, OWNER).where(Punch.id == punch.id)
    for person_id in work.session.scalars(owners):
        ask_to_judge(work, JudgingCause.PUNCH, day, day, person_id=person_id)
