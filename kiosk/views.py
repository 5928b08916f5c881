"""What the kiosk's page shows."""

from pydantic import BaseModel

from server.catalogue.views import categories, hall, hall_is_open, service_is_open
from server.printing.views import PaperOutlook, paper_outlook
from server.queueing.estimates import EstimateView, closes_before, outlook
from server.queueing.issuing import full_services
from server.queueing.views import waiting_counts
from server.work import Work


class KioskService(BaseModel):
    """A service to choose, how many wait in its queue and how long, and whether it is given now.

    `closes_first` warns that the hall may close before its turn (今日可能办不完).
    """

    id: int
    name: str
    name_en: str
    prefix: str
    waiting: int
    estimate: EstimateView | None
    closes_first: bool
    taking: bool


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


def kiosk_snapshot(work: Work) -> KioskSnapshot:
    """Services by category with their waiting counts."""
    waiting = {count.queue_id: count.waiting for count in waiting_counts(work)}
    here = hall(work)
    seen = outlook(work)
    full = full_services(work)
    estimates = {queue_id: seen.of_queue(queue_id) for queue_id in waiting}
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
                    KioskService(
                        id=service.id,
                        name=service.name,
                        name_en=service.name_en,
                        prefix=service.queue.prefix,
                        waiting=waiting.get(service.queue_id, 0),
                        estimate=EstimateView.of(estimates.get(service.queue_id)),
                        closes_first=closes_before(work, estimates.get(service.queue_id)),
                        taking=service.id not in full and service_is_open(work, service.id),
                    )
                    for service in category.services
                    if service.active
                ],
            )
            for category in categories(work)
        ],
    )
