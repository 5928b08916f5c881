import pytest

from drivers.escpos.settings import PrinterSettings


def test_58_and_80_mm_paper_have_32_and_48_columns() -> None:
    assert PrinterSettings(width_dots=384).columns == 32
    assert PrinterSettings(width_dots=576).columns == 48


@pytest.mark.parametrize("dots", [58, 380, 840])
def test_a_width_that_no_printer_has_is_refused(dots: int) -> None:
    with pytest.raises(ValueError, match="58 mm paper has 384, 80 mm paper 576"):
        PrinterSettings(width_dots=dots)
