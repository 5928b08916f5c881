"""A receipt as a picture, from the very bytes that its printer would be sent."""

from collections.abc import Mapping
from typing import Any

from drivers.escpos.composing import compose
from drivers.escpos.markup import parse_receipt
from drivers.escpos.render import render
from drivers.escpos.settings import PrinterSettings


def draw_receipt(markup: str, options: Mapping[str, Any], logo: bytes | None) -> bytes:
    """PNG of the paper that a printer with these options puts out. Raises ValueError."""
    settings = PrinterSettings.from_options(options, logo)
    job = compose(parse_receipt(markup), settings)
    return render(job.data, settings.width_dots)[0].picture()
