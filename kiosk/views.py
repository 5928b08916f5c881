"""What the kiosk's page shows."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from server.catalogue.models import Service, ServiceMaterial
from server.catalogue.spelling import initials
from server.catalogue.views import categories, hall, hall_is_open, service_is_open
from server.printing.views import PaperOutlook, paper_outlook
from server.queueing.estimates import EstimateView, closes_before, outlook
from server.queueing.forecast import Estimate
from server.queueing.issuing import full_services
from server.queueing.views import waiting_counts
from server.screens.notice_views import NoticePlace, NoticeView, notices_of_day
from server.work import Work


class Stopped(StrEnum):
    """Why no number is given for a service now."""

    FULL = "full"  # 今天的号已取完
    HOURS = "hours"  # 不在取号时间


class MaterialView(BaseModel):
    """A document to bring, and what to mind about it."""

    id: int
    name: str
    name_en: str
    copies: int
    note: str
    note_en: str

    @classmethod
    def of(cls, material: ServiceMaterial) -> "MaterialView":
        """The same for a page."""
        return cls(
            id=material.id,
            name=material.name,
            name_en=material.name_en,
            copies=material.copies,
            note=material.note,
            note_en=material.note_en,
        )


class KioskService(BaseModel):
    """A service to choose, how many wait in its queue and how long, and whether it is given now.

    `initials` are what it is looked for by. `closes_first` warns that the hall may close before its
    turn (今日可能办不完); `stopped` is None while numbers are given. `promised_days` are working
    days, 0 on the spot; `real_name`: an identity card is needed.
    """

    id: int
    name: str
    name_en: str
    initials: str
    prefix: str
    waiting: int
    estimate: EstimateView | None
    closes_first: bool
    stopped: Stopped | None
    promised_days: int | None
    real_name: bool
    materials: list[MaterialView]


class KioskCategory(BaseModel):
    """A group of services."""

    id: int
    name: str
    name_en: str
    services: list[KioskService]


class KioskSnapshot(BaseModel):
    """The kiosk's page; `seq` is the hall's event sequence that it is as fresh as.

    `paper` tells what will come of a ticket's paper, None where there is no printer.
    """

    hall: str
    hall_en: str
    seq: int
    open: bool
    paper: PaperOutlook | None
    categories: list[KioskCategory]
    notices: list[NoticeView]


@dataclass(frozen=True, slots=True)
class _Now:
    """How the hall's queues and quotas stand at a work's instant."""

    waiting: Mapping[int, int]
    estimates: Mapping[int, Estimate | None]
    full: Set[int]


def kiosk_snapshot(work: Work) -> KioskSnapshot:
    """Services by category with their waiting counts."""
    here = hall(work)
    now = _now(work)
    return KioskSnapshot(
        hall=here.name,
        hall_en=here.name_en,
        seq=here.event_seq,
        open=hall_is_open(work),
        paper=paper_outlook(work, work.actor.device_id),
        categories=[
            KioskCategory(
                id=category.id,
                name=category.name,
                name_en=category.name_en,
                services=[
                    _service(work, service, now) for service in category.services if service.active
                ],
            )
            for category in categories(work)
        ],
        notices=notices_of_day(work, NoticePlace.KIOSK),
    )


def _now(work: Work) -> _Now:
    waiting = {count.queue_id: count.waiting for count in waiting_counts(work)}
    seen = outlook(work)
    return _Now(
        waiting,
        {queue_id: seen.of_queue(queue_id) for queue_id in waiting},
        full_services(work),
    )


def _service(work: Work, service: Service, now: _Now) -> KioskService:
    estimate = now.estimates.get(service.queue_id)
    return KioskService(
        id=service.id,
        name=service.name,
        name_en=service.name_en,
        initials=initials(service.name),
        prefix=service.queue.prefix,
        waiting=now.waiting.get(service.queue_id, 0),
        estimate=EstimateView.of(estimate),
        closes_first=closes_before(work, estimate),
        stopped=_stopped(work, service, now.full),
        promised_days=service.promised_days,
        real_name=service.real_name,
        materials=[MaterialView.of(one) for one in service.materials],
    )


def _stopped(work: Work, service: Service, full: Set[int]) -> Stopped | None:
    if service.id in full:
        return Stopped.FULL
    return None if service_is_open(work, service.id) else Stopped.HOURS
