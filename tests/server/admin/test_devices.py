"""An administrator lets a device in; the device gets its credential by itself."""

from server.devices.models import Device, DeviceKind, HealthState
from server.edge.access import device_cookie
from tests.builders.clock import HandClock
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor, document

__all__ = ["site"]


def offer(visitor: Visitor, kind: str) -> dict[str, str]:
    """A device asks to be let in."""
    response = visitor.send("/api/pairings", {"kind": kind})
    assert response.status_code == 201
    return document(response)


def accept(site: Site, code: str, name: str = "新设备") -> int:
    """The administrator types the code."""
    return site.person("admin").submit("/admin/devices", code=code, name=name).status_code


def test_a_kiosk_is_let_in_with_a_cookie_that_scripts_do_not_see(site: Site) -> None:
    browser = site.nobody()
    shown = offer(browser, "kiosk")
    waiting = browser.send("/api/pairings/collect", {"secret": shown["secret"]})
    assert accept(site, shown["code"]) in {302, 303}
    collected = browser.send("/api/pairings/collect", {"secret": shown["secret"]})
    assert (waiting.status_code, collected.status_code) == (202, 200)
    assert document(collected)["token"] is None
    cookie = browser.client.get_cookie(device_cookie(DeviceKind.KIOSK))
    assert cookie is not None
    assert cookie.http_only
    assert browser.get("/api/kiosk").status_code == 200


def test_an_agent_is_let_in_without_a_browser(site: Site) -> None:
    program = site.hallkeeper.app.test_client(use_cookies=False)
    shown = program.post("/api/pairings", json={"kind": "agent"})
    assert shown.status_code == 201
    assert accept(site, document(shown)["code"]) in {302, 303}
    secret = {"secret": document(shown)["secret"]}
    token = document(program.post("/api/pairings/collect", json=secret))["token"]
    assert Visitor(program, bearer=token).get("/api/agent/desired").status_code == 200


def test_a_kiosks_new_computer_is_let_in_under_the_kiosks_name(site: Site) -> None:
    shown = offer(site.nobody(), "kiosk")
    admin = site.person("admin")
    asked = admin.submit("/admin/devices", code=shown["code"], name="kiosk")
    assert (asked.status_code, 'name="replace"' in asked.text) == (409, True)
    form = {"code": shown["code"], "name": "kiosk", "replace": "on"}
    assert admin.submit("/admin/devices", **form).status_code in {302, 303}


def test_a_wrong_code_is_told_on_the_page(site: Site) -> None:
    response = site.person("admin").submit("/admin/devices", code="000000", name="新设备")
    assert response.status_code == 404
    assert "没有设备显示这个配对码" in response.text
    assert "新设备" in response.text


def test_a_device_needs_a_name(site: Site) -> None:
    shown = offer(site.nobody(), "display")
    assert accept(site, shown["code"], name=" ") == 422


def test_a_name_is_given_once(site: Site) -> None:
    shown = offer(site.nobody(), "display")
    assert accept(site, shown["code"], name="kiosk") == 409


def test_what_an_agent_runs_is_not_paired(site: Site) -> None:
    response = site.nobody().send("/api/pairings", {"kind": "printer"})
    assert response.status_code == 422


def test_the_page_shows_how_every_device_is(site: Site, clock: HandClock) -> None:
    with site.hall.database.write() as session:
        printer = session.get_one(Device, site.hall.devices["printer"])
        printer.health, printer.last_good_at = HealthState.LOST, clock()
    page = site.person("admin").look("/admin/devices").text
    assert all(name in page for name in site.hall.devices)
    assert "联系不上" in page
    assert "09-14 09:00:00" in page
