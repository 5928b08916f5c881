"""What a hall screen shows and speaks."""

from datetime import datetime, timedelta

from pydantic import BaseModel

from server.catalogue.queues import queues
from server.catalogue.views import hall
from server.queueing.estimates import EstimateView, outlook
from server.queueing.views import (
    CallView,
    QueueCount,
    last_call_of_day,
    recent_calls,
    waiting_counts,
)
from server.screens.notice_views import NoticePlace, NoticeView, notices_of_day
from server.voice.settings import voice_form, volume_now
from server.work import Work

CALLS_SHOWN = 12


class DisplaySnapshot(BaseModel):
    """A hall screen whole; `seq` is the event sequence that it is as fresh as.

    `calls` are today's latest, newest first; their ids grow, so a screen speaks those beyond the
    last it spoke that are younger than `fresh_seconds` at `now`. `last_call` is the id of today's
    latest, also when it was taken back and is not among them; 0 before the first. They are
    spoken at `volume` per cent, in the screen's own language and then in those of `also_in`.
    """

    hall: str
    hall_en: str
    time_zone: str
    seq: int
    now: datetime
    fresh_seconds: int
    last_call: int
    volume: int
    also_in: list[str]
    calls: list[CallView]
    waiting: list[QueueCount]
    notices: list[NoticeView]


def display_snapshot(work: Work, fresh: timedelta) -> DisplaySnapshot:
    """The hall screen at this work's instant."""
    here = hall(work)
    return DisplaySnapshot(
        hall=here.name,
        hall_en=here.name_en,
        time_zone=here.time_zone,
        seq=here.event_seq,
        now=work.now,
        fresh_seconds=int(fresh.total_seconds()),
        last_call=last_call_of_day(work),
        volume=volume_now(work),
        also_in=voice_form(work).also_in,
        calls=recent_calls(work, CALLS_SHOWN),
        waiting=waiting_counts(work),
        notices=notices_of_day(work, NoticePlace.SCREEN),
    )


class QueueWait(BaseModel):
    """How long somebody who takes a number now waits in a queue; None while nobody serves it."""

    queue_id: int
    estimate: EstimateView | None


class Waits(BaseModel):
    """The waits of the hall's queues."""

    queues: list[QueueWait]


def waits_now(work: Work) -> Waits:
    """The waits as they are told at this work's instant."""
    seen = outlook(work)
    return Waits(
        queues=[
            QueueWait(queue_id=row.id, estimate=EstimateView.of(seen.of_queue(row.id)))
            for row in queues(work)
        ]
    )
