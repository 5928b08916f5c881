import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
import zxingcpp

from drivers.escpos.blocks import Block
from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import parse_receipt
from drivers.escpos.paper import Paper
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from tests.drivers.escpos.printers import a_printer

TICKET = """
<receipt>
  <line align="center" size="2" bold="yes">青山县政务服务大厅</line>
  <rule/>
  <line align="center" size="4" bold="yes">A001号</line>
  <line align="center">居民身份证首次申领、换领、补领及临时居民身份证办理</line>
  <line align="center">前面还有 3 人等候</line>
  <pair left="取号时间" right="2026-03-09 09:31"/>
  <qr size="6">https://hall.example/t/7f3a9c</qr>
  <line align="center">扫码查看排队进度</line>
  <cut/>
</receipt>
"""


@pytest.fixture
def ticket() -> tuple[Block, ...]:
    return parse_receipt(TICKET)


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    printer = PrinterSimulator(width_dots=576)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printer(simulator: PrinterSimulator) -> Printer:
    return a_printer(simulator.address)


@pytest.fixture
def job(ticket: tuple[Block, ...]) -> bytes:
    return compose(ticket, PrinterSettings()).data


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Waits until a condition holds, five seconds at most."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass"
            time.sleep(0.005)

    return wait


@pytest.fixture
def read_qr() -> Callable[[Paper], list[str]]:
    def read(paper: Paper) -> list[str]:
        picture = paper.ink.convert("L").point(lambda ink: 255 - ink)
        return [code.text for code in zxingcpp.read_barcodes(picture)]

    return read


@pytest.fixture
def read_chinese() -> Callable[[Paper], str]:
    """What tesseract reads off the paper, without the spaces that it puts between characters."""

    def read(paper: Paper) -> str:
        command = ["tesseract", "stdin", "stdout", "-l", "chi_sim", "--psm", "6"]
        run = subprocess.run(command, input=paper.picture(), capture_output=True, check=True)
        return run.stdout.decode().replace(" ", "")

    return read
