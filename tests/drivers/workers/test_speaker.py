"""From a call to what is heard in the hall."""

import wave
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from drivers.audio.chime import chime_wav
from drivers.audio.level import at_volume
from drivers.hall_api import HallApi
from drivers.hall_messages import AgentDevice
from drivers.workers.devices import RunningDevice, Surroundings, make_device
from server.devices.models import Device, DeviceKind
from server.voice.settings import change_voice
from tests.builders.built import ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.fixtures import speech
from tests.drivers.workers.conftest import AGENT
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

__all__ = ["speech"]


@pytest.fixture
def clerk(live_hall: LiveHall) -> ClerkAtCounter:
    for _ in range(2):
        live_hall.hall.take("A")
    return live_hall.hall.clerk(1)


def speaker(live_hall: LiveHall, api: HallApi, url: str, languages: str = "zh") -> RunningDevice:
    """A speaker of the hall's agent at this URL, not started."""
    hall = live_hall.hall
    with hall.database.write() as session:
        row = Device(
            hall_id=hall.id,
            kind=DeviceKind.SPEAKER,
            name="音箱",
            agent_id=hall.devices[AGENT],
            options={"languages": languages},
        )
        session.add(row)
        session.flush()
        described = AgentDevice(row.id, "speaker", "音箱", url, {})
    around = Surroundings(lambda: api, ZoneInfo("Asia/Shanghai"), simulators=True)
    return make_device(described, around)


def heard(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.wav"))]


@pytest.mark.usefixtures("speech")
def test_a_call_is_a_chime_and_a_voice_and_is_spoken_once(
    live_hall: LiveHall, api: HallApi, clerk: ClerkAtCounter, tmp_path: Path
) -> None:
    clerk.next()
    folder = tmp_path / "heard"
    device = speaker(live_hall, api, f"file://{folder}", "zh+en")
    device.worker.start()
    wait_until(lambda: device.worker.counts.get("spoken") == 1, "the voice")
    device.worker.nudge()
    wait_until(lambda: device.worker.health == ("ok", ""), "the health")
    device.stop(5)
    chime, chinese, english = heard(folder)
    assert chime == chime_wav()
    assert chinese != english
    for number in (2, 3):
        with wave.open(str(folder / f"{number:06}.wav")) as file:
            assert file.getnframes() / file.getframerate() > 1


def test_without_a_voice_the_chime_is_heard(
    live_hall: LiveHall,
    api: HallApi,
    clerk: ClerkAtCounter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    clerk.next()
    device = speaker(live_hall, api, f"file://{tmp_path}/heard")
    device.worker.start()
    wait_until(lambda: device.worker.counts.get("spoken") == 1, "the chime")
    device.stop(5)
    assert heard(tmp_path / "heard") == [chime_wav()]


def test_a_broken_sound_card_is_told_and_the_next_call_tries_again(
    live_hall: LiveHall, api: HallApi, clerk: ClerkAtCounter, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"")
    device = speaker(live_hall, api, f"file://{blocked}")
    clerk.next()
    device.worker.start()
    wait_until(lambda: device.worker.health[0] == "lost", "the loss")
    blocked.unlink()
    live_hall.hall.clerk(2).next()
    device.worker.nudge()
    wait_until(lambda: device.worker.health[0] == "ok", "the recovery")
    device.stop(5)


def test_a_stale_call_is_not_spoken(
    live_hall: LiveHall,
    api: HallApi,
    clerk: ClerkAtCounter,
    clock: HandClock,
    tmp_path: Path,
) -> None:
    clerk.next()
    clock.move(minutes=1)
    device = speaker(live_hall, api, f"file://{tmp_path}/heard")
    device.worker.start()
    wait_until(lambda: device.worker.health[0] == "ok", "the first round")
    device.stop(5)
    assert heard(tmp_path / "heard") == []


@pytest.mark.usefixtures("speech")
def test_in_quiet_hours_a_call_is_passed_over_and_at_others_it_is_softer(
    live_hall: LiveHall,
    api: HallApi,
    clerk: ClerkAtCounter,
    clock: HandClock,
    tmp_path: Path,
) -> None:
    with live_hall.hall.work("clerk1") as work:
        change_voice(work, {"volume": "50", "volumes": "09:00-09:30 0"})
    clerk.next()
    device = speaker(live_hall, api, f"file://{tmp_path}/heard")
    device.worker.start()
    wait_until(lambda: device.worker.health[0] == "ok", "the quiet round")
    assert heard(tmp_path / "heard") == []

    clock.move(minutes=30)
    live_hall.hall.clerk(2).next()
    device.worker.nudge()
    wait_until(lambda: device.worker.counts.get("spoken") == 1, "the call")
    device.stop(5)
    chime, _voice = heard(tmp_path / "heard")
    assert chime == at_volume(chime_wav(), 50)
