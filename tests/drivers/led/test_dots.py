from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from drivers.led import dots
from drivers.led.dots import Region, draw
from drivers.led.layout import Colour


def picture(*regions: Region) -> Image.Image:
    return Image.open(BytesIO(draw(32, 16, regions))).convert("RGB")


def lit(image: Image.Image) -> int:
    """Pixels that shine."""
    return sum(image.convert("L").histogram()[80:])


def test_an_empty_sign_is_dark() -> None:
    assert lit(picture()) == 0


def test_each_dot_is_a_lamp_of_six_pixels() -> None:
    assert picture().size == (32 * 6, 16 * 6)


def test_text_shines_in_its_colour() -> None:
    image = picture(Region(0, 0, 32, 16, ("口",), Colour.GREEN))
    brightest_red, brightest_green = (max(image.getchannel(band).tobytes()) for band in ("R", "G"))
    assert brightest_green > 200 > brightest_red


def test_a_running_text_leaves_to_the_left_and_comes_back() -> None:
    second_cell = Region(0, 0, 32, 16, ("口",), running=0.0)
    gone = Region(0, 0, 32, 16, ("口",), running=16 / dots.RUN_DOTS_PER_SECOND)
    back = Region(0, 0, 32, 16, ("口",), running=48 / dots.RUN_DOTS_PER_SECOND)
    assert lit(picture(gone)) < lit(picture(second_cell)) == lit(picture(back))


def test_a_region_beyond_the_sign_is_cut_off() -> None:
    assert picture(Region(24, 8, 60_000, 60_000, ("口口",))).size == (192, 96)


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(dots, "installed_fonts", tuple)
    for cached in (dots._font, dots._glyph):
        cached.cache_clear()
    yield
    for cached in (dots._font, dots._glyph):
        cached.cache_clear()


@pytest.mark.usefixtures("no_font")
def test_without_a_font_characters_are_boxes() -> None:
    assert lit(picture(Region(0, 0, 32, 16, ("请",)))) > 0


@pytest.mark.usefixtures("no_font")
def test_without_a_font_a_space_stays_dark() -> None:
    assert lit(picture(Region(0, 0, 32, 16, (" ",)))) == 0
