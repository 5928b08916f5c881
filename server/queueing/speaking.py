"""A speaker's way through the ordered log of calls: each once, in order, none that is stale."""

from datetime import timedelta

from sqlalchemy import select

from server.idempotency import dialect_insert
from server.queueing.models import IS_WAITING, Call, SpeakerPlace, Ticket
from server.queueing.views import CallView, call_view
from server.work import Work


def next_to_speak(work: Work, speaker_id: int, fresh: timedelta) -> CallView | None:
    """The speaker's next call; None when all that is younger than `fresh` was spoken.

    The call counts as spoken from now on: a speaker that dies over it must not begin anew.
    """
    work.session.execute(
        dialect_insert(work.session)(SpeakerPlace)
        .values(speaker_id=speaker_id, call_id=0)
        .on_conflict_do_nothing()
    )
    place = work.session.scalars(
        select(SpeakerPlace).where(SpeakerPlace.speaker_id == speaker_id).with_for_update()
    ).one()
    call_id = work.session.scalar(
        select(Call.id)
        .where(
            Call.hall_id == work.hall_id,
            Call.id > place.call_id,
            Call.called_at > work.now - fresh,
            Call.taken_back_at.is_(None),
        )
        .order_by(Call.id)
        .limit(1)
    )
    if call_id is None:
        return None
    place.call_id = call_id
    return call_view(work, call_id)


def labels_to_come(work: Work, most: int) -> list[str]:
    """The numbers that will be called next: those that wait, the longest wait first."""
    waiting = (
        select(Ticket.label)
        .where(Ticket.hall_id == work.hall_id, IS_WAITING)
        .order_by(Ticket.id)
        .limit(most)
    )
    return list(work.session.scalars(waiting))
