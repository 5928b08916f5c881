"""The picture at the head of receipts."""

from io import BytesIO

import pytest
from PIL import Image

from server.printing.logos import current_logo, logo_digest, logo_picture, set_logo
from server.problems import Invalid, NotFound
from tests.builders.built import BuiltHall
from tests.server.printing.conftest import AGENT


def picture(side: int, colour: int = 0, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("L", (side, side), colour).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_known_by_its_digest(hall: BuiltHall, kind: str) -> None:
    logo = picture(64, kind=kind)
    with hall.work(AGENT) as work:
        set_logo(work, logo)
        assert logo_picture(work, logo_digest(work)) == logo


def test_another_picture_replaces_it(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        set_logo(work, picture(64))
        old = logo_digest(work)
        set_logo(work, picture(64, 255))
        with pytest.raises(NotFound):
            logo_picture(work, old)


def test_it_is_taken_away(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        set_logo(work, b"")
        set_logo(work, picture(64))
    with hall.work(AGENT) as work:
        set_logo(work, b"")
    with hall.work(AGENT) as work:
        assert (current_logo(work), logo_digest(work)) == (None, "")


@pytest.mark.parametrize("bad", [b"GIF89a", b"\x89PNG\r\n\x1a\n", picture(64, kind="GIF")])
def test_what_is_no_picture(hall: BuiltHall, bad: bytes) -> None:
    with hall.work(AGENT) as work, pytest.raises(Invalid):
        set_logo(work, bad)


def test_what_is_too_large(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work, pytest.raises(Invalid):
        set_logo(work, picture(2001))
