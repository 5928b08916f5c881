"""What the kiosk shows of each service before anybody presses."""

from datetime import time, timedelta
from typing import Any

import pytest

from server.catalogue.models import OpeningHours, Queue, Service, ServiceHours, ServiceMaterial
from tests.builders.site import Site, Visitor, document


@pytest.fixture
def kiosk(site: Site) -> Visitor:
    return site.device("kiosk")


def shown(kiosk: Visitor) -> dict[str, Any]:
    """The only service."""
    (category,) = document(kiosk.get("/api/kiosk"))["categories"]
    (service,) = category["services"]
    assert isinstance(service, dict)
    return service


def change(site: Site, **values: Any) -> None:
    """Change the service in the catalogue."""
    with site.hall.database.write() as session:
        service = session.get_one(Service, site.hall.services["A"])
        for name, value in values.items():
            setattr(service, name, value)


def test_a_service_is_found_by_its_initials(site: Site, kiosk: Visitor) -> None:
    change(site, name="居民身份证办理")
    assert shown(kiosk)["initials"] == "jmsfzbl"


def test_numbers_are_given_while_nothing_stops_them(kiosk: Visitor) -> None:
    assert shown(kiosk)["stopped"] is None


def test_a_quota_used_up_is_told_before_the_press(site: Site, kiosk: Visitor) -> None:
    change(site, daily_quota=1)
    site.hall.take("A")
    assert shown(kiosk)["stopped"] == "full"


def test_numbers_used_up_are_told_before_the_press(site: Site, kiosk: Visitor) -> None:
    with site.hall.database.write() as session:
        session.query(Queue).one().last_number = 1
    site.hall.take("A")
    assert shown(kiosk)["stopped"] == "full"


def test_hours_of_a_service_are_told_before_the_press(site: Site, kiosk: Visitor) -> None:
    service_id = site.hall.services["A"]
    with site.hall.database.write() as session:
        session.add(ServiceHours(service_id=service_id, weekday=6, opens=time(9), closes=time(10)))
    assert shown(kiosk)["stopped"] == "hours"


def test_the_wait_and_the_closing_time_are_told_before_the_press(
    site: Site, kiosk: Visitor
) -> None:
    site.hall.clerk(1)
    for _ in range(3):
        site.hall.take("A")
    now = site.hall.workplace.clock().astimezone(site.hall.zone)
    with site.hall.database.write() as session:
        session.query(OpeningHours).delete()
        session.add(
            OpeningHours(
                hall_id=site.hall.id,
                weekday=now.weekday(),
                opens=time.min,
                closes=(now + timedelta(minutes=2)).time(),
            )
        )
    service = shown(kiosk)
    assert (service["waiting"], service["closes_first"]) == (3, True)
    assert service["estimate"]["low"] <= service["estimate"]["high"]


def test_what_to_bring_is_shown_in_its_order(site: Site, kiosk: Visitor) -> None:
    with site.hall.database.write() as session:
        session.get_one(Service, site.hall.services["A"]).materials = [
            ServiceMaterial(position=1, name="照片", copies=2),
            ServiceMaterial(position=0, name="身份证"),
        ]
    names = [(one["name"], one["copies"]) for one in shown(kiosk)["materials"]]
    assert names == [("身份证", 1), ("照片", 2)]
