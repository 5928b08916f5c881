"""Every template makes a receipt that every width of paper takes."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from drivers.escpos.composing import compose
from drivers.escpos.markup import parse_receipt
from drivers.escpos.render import render
from drivers.escpos.settings import WIDTH_58_MM, WIDTH_80_MM, PrinterSettings
from drivers.preview import draw_receipt
from server.printing.receipts import TicketPaper, marked_as_reprint, ticket_receipt
from server.printing.samples import ADDRESS, SAMPLES
from tests.builders.built import BuiltHall
from tests.server.printing.conftest import AGENT

WIDTHS = (WIDTH_58_MM, WIDTH_80_MM)


def sample(hall: BuiltHall, name: str) -> str:
    with hall.work(AGENT) as work:
        return SAMPLES[name][1](work)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_template_prints_within_its_paper(hall: BuiltHall, name: str, width: int) -> None:
    job = compose(parse_receipt(sample(hall, name)), PrinterSettings(width_dots=width))
    (paper,) = render(job.data, width)
    assert paper.cut
    assert "示例县政务服务大厅" in paper.text


@pytest.mark.parametrize("name", ["ticket", "reprint", "notice", "slip"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_of_a_receipt_can_be_read(hall: BuiltHall, name: str, width: int) -> None:
    picture = draw_receipt(sample(hall, name), {"width_dots": width}, None)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))] == [ADDRESS]


def test_a_reprint_says_so_first(hall: BuiltHall) -> None:
    job = compose(parse_receipt(sample(hall, "reprint")), PrinterSettings())
    assert render(job.data, WIDTH_80_MM)[0].lines[0].strip() == "补打"


def test_a_name_with_marks_of_xml_is_only_text(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        paper = TicketPaper("A001", "<cut/> & 变更", 0, ADDRESS, work.now)
        markup = marked_as_reprint(work, ticket_receipt(work, paper))
    job = compose(parse_receipt(markup), PrinterSettings())
    assert "<cut/> & 变更" in render(job.data, WIDTH_80_MM)[0].text
