"""An administrator says how the hall speaks, and hears it before it is saved."""

import re
import wave
from contextlib import closing
from io import BytesIO

import pytest

from tests.builders.clock import HandClock
from tests.builders.fixtures import clock, site, speech
from tests.builders.site import Site, Visitor, document

__all__ = ["clock", "site", "speech"]

PAGE = "/admin/hall/voice"
USUAL = {"zh_voice": "zf_xiaoxiao", "en_voice": "af_heart", "speed": "100", "volume": "100"}


def save(admin: Visitor, **form: str) -> int:
    """Change these of the usual settings; the answer's status."""
    found = re.search(r'name="seen" value="(\w+)"', admin.look(PAGE).text)
    assert found
    return admin.submit(PAGE, **(USUAL | form), seen=found[1]).status_code


def heard(site: Site, address: str) -> bytes:
    with closing(site.person("admin").get(address)) as answer:
        assert answer.status_code == 200, answer.text
        sound: bytes = answer.data
    return sound


def seconds(sound: bytes) -> float:
    with wave.open(BytesIO(sound)) as file:
        return float(file.getnframes() / file.getframerate())


def test_the_screens_are_told_how_to_speak(site: Site, clock: HandClock) -> None:
    save(site.person("admin"), volume="80", second_language="en", volumes="12:00-13:30 0")
    snapshot = document(site.device("display").get("/api/display"))
    assert (snapshot["volume"], snapshot["also_in"]) == (80, ["en"])
    clock.move(hours=3)
    site.person("admin").submit("/admin/hall/", name="新名字")
    later = document(site.device("display").get("/api/display"))
    assert later["volume"] == 0


def test_a_hall_that_has_set_nothing_speaks_aloud_and_once(site: Site) -> None:
    snapshot = document(site.device("display").get("/api/display"))
    assert (snapshot["volume"], snapshot["also_in"]) == (100, [])


@pytest.mark.parametrize(
    "wrong",
    [{"volumes": "noon"}, {"speed": "10"}, {"volume": "101"}, {"zh_voice": "nobody"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_cannot_be_is_refused(site: Site, wrong: dict[str, str]) -> None:
    assert save(site.person("admin"), **wrong) == 422


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sample_is_heard_in_each_language(site: Site, language: str) -> None:
    assert seconds(heard(site, f"{PAGE}/{language}.wav")) > 1


@pytest.mark.usefixtures("speech")
def test_a_sample_is_as_is_filled_in(site: Site) -> None:
    usual = heard(site, f"{PAGE}/zh.wav?zh_voice=espeak")
    assert seconds(heard(site, f"{PAGE}/zh.wav?speed=70")) > seconds(usual)
    assert heard(site, f"{PAGE}/zh.wav?yao=on") != usual


def test_a_sample_of_what_cannot_be_is_refused(site: Site) -> None:
    assert site.person("admin").get(f"{PAGE}/zh.wav?speed=10").status_code == 422
