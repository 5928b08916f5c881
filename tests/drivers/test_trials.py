"""Each kind of device does its work once."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from drivers.audio.chime import chime_wav
from drivers.escpos.simulator import PrinterSimulator
from drivers.idcard.simulator import IdReaderSimulator
from drivers.led.simulator import LedSimulator
from drivers.panel.simulator import PanelSimulator
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulator import Simulator
from drivers.trials import Device, Trial, try_out
from drivers.zkteco.simulator import SimulatedTerminal
from tests.services.waiting import wait_until

Put = Callable[[Simulator], str]


@pytest.fixture
def put() -> Iterator[Put]:
    """Starts a simulator; its address."""
    started: list[Simulator] = []

    def start(simulator: Simulator) -> str:
        simulator.start()
        started.append(simulator)
        return simulator.address

    yield start
    for simulator in started:
        simulator.stop()


def tried(kind: str, url: str, *, wait: float = 0.0, **options: Any) -> Trial:
    receipt = "<receipt><line>测试页</line><cut/></receipt>"
    zone = ZoneInfo("Asia/Shanghai")
    return try_out(Device(kind, url, options, zone, receipt, None, wait))


def tried_while(kind: str, url: str, act: Callable[[], object], **options: Any) -> Trial:
    """The trial, with somebody doing something at the device meanwhile."""
    done = threading.Event()

    def keep_acting() -> None:
        while not done.wait(0.1):
            act()

    person = threading.Thread(target=keep_acting)
    person.start()
    try:
        return tried(kind, url, wait=5, **options)
    finally:
        done.set()
        person.join()


def test_a_printer_prints(put: Put) -> None:
    simulator = PrinterSimulator(width_dots=576)
    trial = tried("printer", put(simulator))
    assert trial == Trial(well=True, found="HALLKEEPER-SIMULATOR printed: ready")
    assert "测试页" in simulator.papers()[0].text


def test_a_printer_without_paper(put: Put) -> None:
    simulator = PrinterSimulator(width_dots=576)
    url = put(simulator)
    simulator.command("paper_out")
    trial = tried("printer", url)
    assert (trial.well, "paper_end" in trial.found) == (False, True)


def test_a_sign_lights(put: Put) -> None:
    simulator = LedSimulator("屏")
    assert tried("led_sign", put(simulator)) == Trial(well=True, found="acknowledged")
    assert "TEST" in str(simulator.state()["lines"])


def test_panels_show_beep_and_hear(put: Put) -> None:
    simulator = PanelSimulator("总线", panels=[1])
    url = put(simulator)
    trial = tried_while(
        "panel_bus",
        url,
        lambda: simulator.command("press_key", address=1, key="call"),
        panels={"1": 3},
    )
    assert trial == Trial(well=True, found="heard KeyPressed at address 1")


def test_panels_that_nobody_presses(put: Put) -> None:
    simulator = PanelSimulator("总线", panels=[1])
    trial = tried("panel_bus", put(simulator), wait=0.3, panels={"1": 3})
    assert trial == Trial(well=True, found="shown on 1; no key was pressed")
    wait_until(lambda: "888" in str(simulator.state()["panels"]), "the digits")


def test_a_terminal_tells_who_it_is(put: Put) -> None:
    trial = tried("terminal", put(SimulatedTerminal()))
    assert (trial.well, "SIMULATED" in trial.found) == (True, True)


def test_a_reader_reads_and_shows_no_more_than_a_family_name(put: Put) -> None:
    simulator = IdReaderSimulator("读卡器")
    url = put(simulator)
    simulator.command("lay_card")
    trial = tried("id_reader", url, wait=3)
    assert trial == Trial(well=True, found="SIMULATED READER; a card of 示**")


def test_a_reader_with_a_spoiled_card_and_with_none(put: Put) -> None:
    simulator = IdReaderSimulator("读卡器")
    url = put(simulator)
    assert tried("id_reader", url).found.endswith("no card was laid on")
    simulator.command("lay_spoiled_card")
    assert tried("id_reader", url) == Trial(well=False, found="SIMULATED READER; read_failed")


def test_a_scanner_scans(put: Put) -> None:
    simulator = ScannerSimulator("扫码器")
    trial = tried_while("scanner", put(simulator), lambda: simulator.command("scan", text="A001"))
    assert trial == Trial(well=True, found="a code of 4 characters")


def test_a_scanner_that_nobody_uses(put: Put) -> None:
    assert tried("scanner", put(ScannerSimulator("扫码器"))).found == "open; nothing was scanned"


def test_a_speaker_speaks(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/heard"
    device = Device("speaker", url, {}, ZoneInfo("Asia/Shanghai"), "", chime_wav(), 0)
    assert try_out(device).well
    assert len(list((tmp_path / "heard").iterdir())) == 2


def test_a_speaker_without_a_voice_chimes(tmp_path: Path) -> None:
    trial = tried("speaker", f"file://{tmp_path}/heard")
    assert (trial.well, trial.found) == (True, "SIMULATED sound card: chime only")


@pytest.mark.parametrize(
    ("kind", "url", "found"),
    [
        ("printer", "tcp://127.0.0.1:1", "unreachable"),
        ("panel_bus", "tcp://127.0.0.1:1", "cannot open"),
        ("id_reader", "tcp://127.0.0.1:1", "cannot open"),
        ("scanner", "tcp://127.0.0.1:1", "cannot open"),
        ("led_sign", "tcp://127.0.0.1:1", "failed"),
        ("terminal", "tcp://127.0.0.1:1", "no answer"),
        ("terminal", "127.0.0.1", "settings"),
        ("speaker", "default", "settings"),
        ("toaster", "tcp://127.0.0.1:1", "no trial"),
    ],
)
def test_what_is_not_there_or_wrongly_set(kind: str, url: str, found: str) -> None:
    trial = tried(kind, url)
    assert (trial.well, found in trial.found) == (False, True)
