"""A cover admitted on the pages, and the signature that it draws."""

import base64
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from server.attendance.covers.models import CoverDuty
from server.attendance.covers.proving import give_pin, pin_secret
from server.security.passwords import hash_password
from tests.builders.site import Site
from tests.server.admin.attendance.forms import fill_in
from tests.server.attendance.kept_hall import MONDAY, KeptHall

PIN = "123456"


def cover(kept: KeptHall, site: Site) -> int:
    """A cover for li, admitted on the page, with a PIN."""
    path = "/attendance/covers"
    form = {
        "act": "propose",
        "replaces_id": kept.people["li"],
        "name": "钱顶岗",
        "first_day": MONDAY.isoformat(),
        "last_day": (MONDAY + timedelta(days=4)).isoformat(),
    }
    assert "钱顶岗" in fill_in(site.person("zhao"), path, form).text
    for who, step in (
        ("office", "agreed"),
        ("supervisor", "registered"),
        ("supervisor", "trained"),
        ("li", "handed_over"),
    ):
        answer = site.person(who).submit(path, act="step", duty_id=1, step=step)
        assert answer.status_code == 302, answer.text
    with kept.built.session() as session:
        duty_id = session.query(CoverDuty).one().id
    with kept.work("office") as work:
        give_pin(work, duty_id, hash_password(pin_secret(duty_id, PIN)))
    return duty_id


def drawing() -> str:
    """A signature as the canvas gives it."""
    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 60), (280, 100)], fill="black", width=4)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}"
