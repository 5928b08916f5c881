"""The real `hall serve`, and a real `hall agent` beside it."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from drivers.escpos.simulator import PrinterSimulator
from server.devices.models import Device, DeviceKind, HealthState
from server.devices.registry import LOCAL_AGENT
from server.edge.access import SESSION_COOKIE
from server.people.models import Account
from server.security.accounts import open_session
from tests.faults.browser import CSRF, kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import KIOSK, Installation, install_hall
from tests.faults.tray import Tray
from tests.services.children import Child, Children
from tests.services.ports import LOOPBACK, free_port
from tests.services.waiting import wait_until

ANOTHER_LOOPBACK = "127.0.0.2"  # stands for the machine's address in the hall's network
PAIRING_CODE = re.compile(r"pairing code on the devices page: (\d{6})")
AGENT = "二号电脑代理"
PATIENCE_SECONDS = 40.0


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """The sample hall in a data folder."""
    return install_hall(tmp_path / "data")


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    """A printer on the desk of another PC."""
    printer = PrinterSimulator(width_dots=576)
    printer.start()
    yield printer
    printer.stop()


def serve(children: Children, installation: Installation, port: int, *options: str) -> Child:
    """Start the hall's server."""
    folder = str(installation.data_dir)
    return children.hall("serve", "--port", str(port), "--data-dir", folder, *options)


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux answers at all of 127/8")
def test_an_address_of_the_network_is_where_the_local_agent_goes(
    children: Children, installation: Installation
) -> None:
    server = serve(children, installation, free_port(), "--host", ANOTHER_LOOPBACK)

    def agent_is_there() -> bool:
        query = select(Device.health).where(Device.name == LOCAL_AGENT)
        with installation.open_database() as database, database.read() as session:
            return session.scalar(query) is HealthState.OK

    server.wait_for(agent_is_there, "the local agent", seconds=PATIENCE_SECONDS)


def test_a_busy_port_is_one_clear_sentence(children: Children, installation: Installation) -> None:
    with closing(socket.create_server((LOOPBACK, 0))) as other:
        server = serve(children, installation, other.getsockname()[1])
        wait_until(lambda: server.exit_code is not None, "the end", seconds=PATIENCE_SECONDS)
    assert server.exit_code == 1
    assert "--port" in server.output()
    assert "Traceback" not in server.output()


def test_an_agent_elsewhere_is_let_in_by_an_administrator_and_prints(
    children: Children, installation: Installation, printer: PrinterSimulator, tmp_path: Path
) -> None:
    port = free_port()
    serve(children, installation, port).wait_for_answer(port)
    arguments = ["--server", f"http://{LOOPBACK}:{port}", "--token-file", str(tmp_path / "token")]
    agent = children.hall("agent", "--allow-simulators", *arguments)
    shown = agent.wait_for(lambda: PAIRING_CODE.search(agent.output()), "the pairing code")
    assert shown is not None
    let_in(installation, port, shown[1])

    with Tray(printer) as tray:
        give_to_agent(installation, printer)
        browser = kiosk(port, installation.kiosk_token)
        browser.open_page()
        promise = take_ticket(browser, installation.services["A"], "a-press")
        agent.wait_for(
            lambda: promise.label in tray.labels(), "the paper", seconds=PATIENCE_SECONDS
        )


def let_in(installation: Installation, port: int, code: str) -> None:
    """An administrator types the code on the devices page."""
    with installation.open_database() as database, database.write() as session:
        admin = session.scalars(select(Account).where(Account.username == "admin")).one()
        token = open_session(session, admin, now=datetime.now(UTC), valid=timedelta(hours=1))
    page = f"http://{LOOPBACK}:{port}/admin/devices"
    with requests.Session() as browser:
        browser.cookies.set(SESSION_COOKIE, token)
        found = CSRF.search(browser.get(page, timeout=PATIENCE_SECONDS).content)
        assert found
        form = {"csrf_token": found[1].decode(), "code": code, "name": AGENT}
        browser.post(page, data=form, timeout=PATIENCE_SECONDS).raise_for_status()


def give_to_agent(installation: Installation, printer: PrinterSimulator) -> None:
    """The new agent has a printer, at which the kiosk's tickets come out."""
    with installation.open_database() as database, database.write() as session:
        agent = session.scalars(select(Device).where(Device.name == AGENT)).one()
        device = Device(
            hall_id=agent.hall_id,
            kind=DeviceKind.PRINTER,
            name="二号打印机",
            agent_id=agent.id,
            url=printer.address,
            simulated=True,
        )
        session.add(device)
        session.flush()
        session.get_one(Device, installation.devices[KIOSK]).printer_id = device.id
