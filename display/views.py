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
from server.screens.layouts import ScreenLayout, screens, windows
from server.screens.notice_views import NoticePlace, NoticeView, notices_of_day
from server.screens.windows import WindowState
from server.voice.settings import voice_form, volume_now
from server.work import Work

CALLS_SHOWN = 12
# A screen that shows some counters alone finds enough calls among these.
CALLS_OF_ZONES = 60


class DisplaySnapshot(BaseModel):
    """A hall screen whole; `seq` is the event sequence that it is as fresh as.

    `calls` are today's latest, newest first; their ids grow, so a screen speaks those beyond the
    last it spoke that are younger than `fresh_seconds` at `now`. `last_call` is the id of today's
    latest, also when it was taken back and is not among them; 0 before the first. They are
    spoken at `volume` per cent, in the screen's own language and then in those of `also_in`.
    `layouts` are those of the hall's screens by device, `windows` the counters that have a display
    of their own, by number.
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
    layouts: dict[int, ScreenLayout]
    windows: dict[int, WindowState]


def display_snapshot(work: Work, fresh: timedelta) -> DisplaySnapshot:
    """The hall screen at this work's instant."""
    here, paired = hall(work), screens(work)
    in_part = any(screen.layout.is_in_part for screen in paired)
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
        calls=recent_calls(work, CALLS_OF_ZONES if in_part else CALLS_SHOWN),
        waiting=waiting_counts(work),
        notices=notices_of_day(work, NoticePlace.SCREEN),
        layouts={screen.id: screen.layout for screen in paired},
        windows=windows(work, paired),
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
