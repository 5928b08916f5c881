"""Nobody waits for a voice that hangs: clerks call, screens show, and the call is spoken."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from server.database import Database
from server.devices.models import DeviceKind
from server.edge.context import EXTENSION
from server.voice.espeak import espeak
from server.voice.natural import NaturalVoice
from server.voice.phrases import call_sentence
from server.voice.speech import LATE_SECONDS, Speech
from tests.builders.clock import HandClock
from tests.builders.fixtures import clock, speech
from tests.builders.hall import a_hall
from tests.builders.site import Site, document, site_of
from tests.server.voice import engines

__all__ = ["clock", "speech"]

pytestmark = pytest.mark.usefixtures("speech")

AT_ONCE_SECONDS = 1.0


@pytest.fixture
def hanging(sqlite_url: str, clock: HandClock, tmp_path: Path) -> Iterator[Site]:
    """A hall with two clerks and a natural voice that never answers."""
    described = a_hall().with_queue("A").with_clerks(2).with_device(DeviceKind.DISPLAY, "display")
    with (
        closing(Database(sqlite_url)) as database,
        site_of(described.build(database, clock), tmp_path) as site,
        closing(Speech(tmp_path / "clips", NaturalVoice(engines.HANGS))) as spoken,
    ):
        extensions = site.hallkeeper.app.extensions
        extensions[EXTENSION] = replace(extensions[EXTENSION], speech=spoken)
        yield site


def test_while_the_voice_hangs_a_clerk_calls_and_the_screen_shows_it(hanging: Site) -> None:
    """`next` twice over HTTP: the first call's voice hangs while the second is made."""
    labels = [hanging.hall.take("A").ticket.label for _ in range(2)]
    first, second = hanging.hall.clerk(1), hanging.hall.clerk(2)
    first.next()
    screen = hanging.device("display")
    call = document(screen.get("/api/display"))["last_call"]
    colleague = hanging.person("clerk2")
    with ThreadPoolExecutor(1) as other:
        listener = hanging.device("display")
        started = time.monotonic()
        voice = other.submit(listener.get, f"/api/calls/{call}/voice.wav")
        pressed = colleague.send(
            f"/api/counters/{second.counter_id}/next", {"version": second.version}
        )
        shown = document(screen.get("/api/display"))["calls"][0]["label"]
        waited = time.monotonic() - started
        assert not voice.done()
        assert (pressed.status_code, shown) == (200, labels[1])
        assert waited < AT_ONCE_SECONDS
        with closing(voice.result(LATE_SECONDS + 10)) as answer:
            assert answer.data == espeak(call_sentence(labels[0], 1, "zh"), "zh", 1.0)
