"""A sign's picture, drawn by a simulated card from the frames of the driver."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from drivers.sign_preview import draw_sign

BOARD = {"show": "board", "rows": [["A001", "1号窗口"]], "notice": "欢迎"}
LIT_RED = 200


def lit(picture: bytes) -> int:
    """How many points of the picture are bright."""
    with Image.open(BytesIO(picture)) as image:
        return sum(image.convert("RGB").getchannel("R").histogram()[LIT_RED:])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"protocol": "onbon", "card": 7},
        {"protocol": "cpower-serial", "card": 7},
        {"protocol": "cpower-tcp", "byte_order": "big"},
    ],
)
def test_every_kind_of_card_draws_its_frames(options: dict[str, Any]) -> None:
    drawn = draw_sign(BOARD, {"width": 128, "height": 32, **options})
    assert lit(drawn.picture) > 0
    assert (drawn.replaced, drawn.clipped, drawn.runs) == ((), (), False)


def test_a_digit_strip_draws_the_number() -> None:
    content = {"show": "calling", "number": "A012", "lines": ["请A012号到本窗口"]}
    drawn = draw_sign(content, {"protocol": "digits", "template": "FF {hi} {lo}"})
    assert lit(drawn.picture) > 0
    assert drawn.replaced == ("A",)


def test_what_does_not_fit_is_told() -> None:
    drawn = draw_sign({**BOARD, "notice": "长" * 20 + "𠮷"}, {"width": 96, "height": 32})
    assert (drawn.replaced, drawn.runs) == (("𠮷",), True)


def test_what_no_sign_can_show() -> None:
    with pytest.raises(ValueError, match="can show"):
        draw_sign({"show": "nothing"}, {})
