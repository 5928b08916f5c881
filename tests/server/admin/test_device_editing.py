"""An administrator adds, changes, removes and looks for devices."""

from server.devices.models import Device, DeviceKind
from server.devices.searching import Found, open_search, take_findings
from tests.builders.fixtures import site
from tests.builders.site import Site

__all__ = ["site"]

PAGE = "/admin/devices"
ADDRESS = "tcp://192.168.1.50:9100"


def add_page(site: Site, kind: str) -> str:
    return f"{PAGE}/add?kind={kind}&agent={site.hall.devices['agent']}"


def only(site: Site, kind: DeviceKind, name: str) -> Device:
    with site.hall.session() as session:
        return session.query(Device).filter_by(kind=kind, name=name).one()


def test_a_printer_is_added_with_its_settings(site: Site) -> None:
    page = add_page(site, "printer")
    admin = site.person("admin")
    assert "纸宽" in admin.look(page).text
    saved = admin.submit(
        page, name="新打印机", url=ADDRESS, width_dots="384", encoding="raster", cutter="on"
    )
    assert saved.status_code == 303
    printer = only(site, DeviceKind.PRINTER, "新打印机")
    assert (printer.url, printer.agent_id) == (ADDRESS, site.hall.devices["agent"])
    assert printer.options == {"width_dots": 384, "encoding": "raster"}


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(site: Site) -> None:
    page = add_page(site, "printer")
    answer = site.person("admin").submit(
        page, name="新打印机", url=ADDRESS, roll_metres="5000", cutter="on"
    )
    assert answer.status_code == 422
    assert "不能大于 300" in answer.text
    assert 'value="新打印机"' in answer.text


def test_the_addresses_of_panels_are_filled_in_counter_by_counter(site: Site) -> None:
    page = add_page(site, "panel_bus")
    first = site.hall.counters[1]
    fields = {f"panels-{first}": "1", f"pads-{first}": "101"}
    site.person("admin").submit(page, name="叫号器", url="COM3", best_first="on", **fields)
    bus = only(site, DeviceKind.PANEL_BUS, "叫号器")
    assert bus.options == {"panels": {"1": first}, "pads": {"101": first}}
    shown = site.person("admin").look(f"{PAGE}/{bus.id}").text
    assert f'name="panels-{first}" type="text" value="1"' in shown


def test_a_sign_belongs_to_a_counter(site: Site) -> None:
    counter = site.hall.counters[1]
    page = add_page(site, "led_sign")
    site.person("admin").submit(
        page, name="窗口屏", url="tcp://192.168.1.60:5005", counter_id=str(counter), notice="通知"
    )
    sign = only(site, DeviceKind.LED_SIGN, "窗口屏")
    assert (sign.counter_id, sign.options) == (counter, {"notice": "通知"})


def test_a_device_is_changed(site: Site) -> None:
    page = f"{PAGE}/{site.hall.devices['printer']}"
    site.person("admin").submit(page, name="打印机二", url=ADDRESS, cutter="on")
    assert only(site, DeviceKind.PRINTER, "打印机二").url == ADDRESS


def test_a_kiosk_gets_a_name_and_a_printer(site: Site) -> None:
    page, printer = f"{PAGE}/{site.hall.devices['kiosk']}", site.hall.devices["printer"]
    site.person("admin").submit(page, name="一号取号机", printer_id=str(printer))
    assert only(site, DeviceKind.KIOSK, "一号取号机").printer_id == printer


def test_a_name_that_is_taken_is_said(site: Site) -> None:
    page = f"{PAGE}/{site.hall.devices['kiosk']}"
    answer = site.person("admin").submit(page, name="printer")
    assert (answer.status_code, "已有同名设备" in answer.text) == (409, True)


def test_a_device_is_removed(site: Site) -> None:
    printer = site.hall.devices["printer"]
    admin = site.person("admin")
    admin.submit(f"{PAGE}/{printer}/remove")
    assert f"{PAGE}/{printer}" not in admin.look(PAGE).text
    assert admin.look(f"{PAGE}/{printer}").status_code == 404


def test_a_search_reaches_the_agent_and_its_findings_are_offered(site: Site) -> None:
    agent = site.hall.devices["agent"]
    admin = site.person("admin")
    admin.submit(f"{PAGE}/{agent}/search", addresses="192.168.1.50-51")
    assert "正在查找" in admin.look(PAGE).text
    with site.hall.work("agent") as work:
        assert open_search(work) == ["192.168.1.50", "192.168.1.51"]
        take_findings(work, [Found(ADDRESS, "printer", "XP-80C")], on_network=True)
    page = admin.look(PAGE).text
    assert "XP-80C" in page
    assert "正在查找" not in page


def test_a_place_that_was_found_is_filled_in(site: Site) -> None:
    page = site.person("admin").look(f"{add_page(site, 'printer')}&url={ADDRESS}").text
    assert f'value="{ADDRESS}"' in page


def test_a_kind_that_no_agent_runs(site: Site) -> None:
    assert site.person("admin").look(add_page(site, "kiosk")).status_code == 404
