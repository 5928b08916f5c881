"""The device agent: one worker thread per device, on the server's PC or on one elsewhere.

It asks the hall what its devices should be and show, runs their drivers, and reports. Notices on
the socket only hasten what it would also do by itself a few seconds later.
"""

import argparse
import logging
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import socketio

from drivers.hall_api import HallApi, HallRefusedError, HallUnreachableError
from drivers.hall_messages import AgentDevice, Desired, DeviceHealth
from drivers.process import configure_logs, stop_on_signal
from drivers.workers.devices import RunningDevice, Surroundings, make_device
from drivers.workers.scout import Scout
from drivers.workers.worker import LOST

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0
RETRY_SECONDS = 1.0
HEALTH_SECONDS = 30.0
STOP_SECONDS = 3.0
SOCKET_RETRY_SECONDS = 5.0


@dataclass(slots=True)
class Agent:
    """Keeps the running devices equal to what the hall wants."""

    server: str
    token: str
    simulators: bool = False
    changed: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    running: dict[int, RunningDevice] = field(default_factory=dict)
    _ending: list[RunningDevice] = field(default_factory=list)
    _wrong: dict[int, AgentDevice] = field(default_factory=dict)
    _hall: HallApi = field(init=False)
    _scout: Scout = field(init=False)
    _all_told_at: float = 0.0
    _answers: bool = True

    def __post_init__(self) -> None:
        self._hall = self._connect()
        self._scout = Scout(self._connect)

    def run(self) -> None:
        """Work until stopped."""
        ears = threading.Thread(target=self._listen, daemon=True)
        ears.start()
        while not self.stopped.is_set():
            self.changed.clear()
            self.changed.wait(POLL_SECONDS if self._look() else RETRY_SECONDS)
        for device in self.running.values():
            device.stop(STOP_SECONDS)

    def _look(self) -> bool:
        """Ask the hall what it wants and tell how things are; whether it answered.

        It is logged once that the hall is away, and once that it is back.
        """
        try:
            desired = self._hall.desired()
            self._follow(desired)
            self._report_health()
            self._scout.look_here()
            self._scout.look_around(desired.search)
        except HallUnreachableError as error:
            if self._answers:
                log.warning("the hall does not answer: %s", error)
            self._answers = False
            return False
        except HallRefusedError as error:
            log.error("the hall refuses this agent: %s", error)
        else:
            if not self._answers:
                log.info("the hall answers")
            self._answers = True
        return True

    def stop(self) -> None:
        """End soon; from any thread."""
        self.stopped.set()
        self.changed.set()

    def _follow(self, desired: Desired) -> None:
        """Start, restart and stop workers; then let each look at what there is to do."""
        wanted = {device.id: device for device in desired.devices if device.url}
        for device_id in [*self.running]:
            if wanted.get(device_id) != self.running[device_id].description:
                device = self.running.pop(device_id)
                device.stop(STOP_SECONDS)
                self._ending.append(device)
        self._ending = [device for device in self._ending if not device.ended]
        busy = {device.description.id for device in self._ending}
        for device_id in wanted.keys() - self.running.keys() - busy:
            if self._wrong.get(device_id) != wanted[device_id]:
                self._start(wanted[device_id], desired.time_zone)
        for device in self.running.values():
            self._desire(device, desired)

    def _desire(self, device: RunningDevice, desired: Desired) -> None:
        """Let a device take its part; one that cannot read it keeps what it had."""
        if device.desire is None:
            return
        try:
            device.desire(desired)
        except ValueError as error:
            log.error("odd content: %s", error, extra={"device": device.description.name})

    def _start(self, description: AgentDevice, zone: ZoneInfo) -> None:
        """Make and start a device's worker; a wrong setting is told and harms no other device."""
        try:
            device = make_device(description, Surroundings(self._connect, zone, self.simulators))
        except (ValueError, TypeError, LookupError) as error:
            log.error("wrong settings", extra={"device": description.name, "reason": str(error)})
            self._hall.health([DeviceHealth(description.id, LOST, f"settings: {error}")])
            self._wrong[description.id] = description
            return
        self.running[description.id] = device
        device.start(self.changed.set)  # the hall is to know at once

    def _report_health(self) -> None:
        """Tell what changed; everything now and then."""
        now = time.monotonic()
        whole = now - self._all_told_at >= HEALTH_SECONDS
        if whole:
            self._all_told_at = now
        news = [
            (device, health)
            for device in self.running.values()
            if (health := device.health).state != "unknown" and (whole or _is_news(device, health))
        ]
        if news:
            self._hall.health([health for _device, health in news])
            for device, health in news:
                device.told = health

    def _connect(self) -> HallApi:
        return HallApi(self.server, self.token)

    def _listen(self) -> None:
        """Follow the hall's notices; each one is a reason to look now."""

        def hear(notice: dict[str, Any]) -> None:
            for device in [*self.running.values()]:
                device.hear(frozenset(notice.get("kinds", ())))
            self.changed.set()

        client = socketio.Client(
            reconnection_delay=1, reconnection_delay_max=SOCKET_RETRY_SECONDS, logger=False
        )
        client.on("notice", hear)
        client.on("connect", self.changed.set)
        while not self.stopped.is_set():
            try:
                client.connect(
                    self.server, auth={"token": self.token}, transports=["websocket"], retry=False
                )
                client.wait()
            except socketio.exceptions.SocketIOError as error:
                log.debug("no notices: %s", error)
            self.stopped.wait(SOCKET_RETRY_SECONDS)


def _is_news(device: RunningDevice, health: DeviceHealth) -> bool:
    """Whether it differs in more than what was counted, which the hall hears now and then."""
    told = device.told
    return told is None or replace(health, counts=told.counts) != told


def run_agent(
    server: str, token_file: Path, *, end_with_stdin: bool = False, simulators: bool = False
) -> None:
    """Run this machine's devices until told to stop, or with `end_with_stdin` until its end."""
    agent = Agent(server, token_file.read_text(encoding="ascii").strip(), simulators)
    stop_on_signal(agent.stop, end_with_stdin=end_with_stdin)
    agent.run()


def main() -> None:
    """`python -m drivers.agent`: started by `hall serve` and `hall demo`."""
    parser = argparse.ArgumentParser(description="Hallkeeper device agent")
    parser.add_argument("--server", required=True)
    parser.add_argument("--token-file", type=Path, required=True)
    parser.add_argument("--end-with-stdin", action="store_true")
    parser.add_argument("--simulators", action="store_true", help="run simulated devices too")
    arguments = parser.parse_args()
    configure_logs()
    run_agent(
        arguments.server,
        arguments.token_file,
        end_with_stdin=arguments.end_with_stdin,
        simulators=arguments.simulators,
    )


if __name__ == "__main__":
    main()
