"""SIMULATED fingerprint terminal on its real wire, TCP and UDP. For the demo and the tests only."""

import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from drivers.simulator import Result, run_command
from drivers.zkteco.simulated import faults as fault
from drivers.zkteco.simulated.brain import Brain
from drivers.zkteco.simulated.clock import WallClock, to_code, to_six
from drivers.zkteco.simulated.face import draw_face, masked
from drivers.zkteco.simulated.faults import Fault, Faults
from drivers.zkteco.simulated.frames import Answer
from drivers.zkteco.simulated.memory import Generation, Memory, Punch
from drivers.zkteco.simulated.ports import Ports

_EVENT, _PUNCHED = 500, 1
_FINGER, _PASSWORD = 1, 0
_UNDEFINED = 255
_EVENT_SIZE = {Generation.NUMBER_16: 12, Generation.TEXT_40: 52, Generation.TEXT_49: 52}
_OPTIONS = {
    "~SerialNumber": "SIM0000000001",
    "~Platform": "SIMULATED",
    "~DeviceName": "Simulated terminal",
    "MAC": "02:00:00:00:00:01",
    "~ZKFPVersion": "10",
    "~OS": "1",
    "~PIN2Width": "9",
    "~SSR": "1",
    "FaceFunOn": "0",
    "WorkCode": "0",
}


class SimulatedTerminal:
    """A terminal that is none: press a finger on it, break it, look at it.

    `generation` sets the record layouts, `pace` the seconds before each message of a bulk answer
    (Node clients need 0.003), `event_size` the bytes of a live event where they are not usual.
    """

    kind = "zkteco"

    def __init__(
        self,
        name: str = "模拟考勤机",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tcp: bool = True,
        udp: bool = True,
        generation: Generation = Generation.TEXT_40,
        comm_key: int = 0,
        capacity: int = 100_000,
        drops_at_once: int = 100,
        pace: float = 0.0,
        event_size: int | None = None,
        zone: str = "Asia/Shanghai",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.memory = Memory(generation, capacity, drops_at_once)
        self.clock = WallClock(now, ZoneInfo(zone))
        self._scheme = "tcp" if tcp else "udp"
        self._event_size = event_size or _EVENT_SIZE.get(generation, 10)
        self._brain = Brain(self.memory, self.clock, dict(_OPTIONS), comm_key, "Ver 6.60 SIM", pace)
        self._faults = Faults()
        self._ports = Ports(self._brain, self._faults, host, port, tcp=tcp, udp=udp)
        self._host = host
        self._commands: dict[str, Callable[..., Result]] = {
            "press_finger": self._press_finger,
            "type_password": self._type_password,
            "enrol": self._enrol,
            "fill": self._fill,
            "clear_log": self._clear_log,
            "set_ahead": self._set_ahead,
            "drift": self._drift,
            "count_moves": self._count_moves,
            "misreport_sizes": self._misreport_sizes,
            "slow": self._slow,
            "heal": self._heal,
            "drop": self._breaking(fault.drop),
            "refuse": self._breaking(fault.refuse),
            "pretend": self._breaking(fault.pretend),
            "close_mid_chunk": self._breaking(fault.close_mid_chunk),
            "late_reply": self._breaking(fault.late_reply),
            "lose_datagram": self._breaking(fault.lose_datagram),
            "swap_datagrams": self._breaking(fault.swap_datagrams),
            "garbage": self._breaking(fault.garbage),
        }

    @property
    def address(self) -> str:
        """`tcp://host:port`, or `udp://…` where TCP is off; UDP has the same port number."""
        return f"{self._scheme}://{self._host}:{self._ports.port}"

    @property
    def erased_by_clients(self) -> list[str]:
        """What clients have cleared; a driver that never clears leaves it empty."""
        return self._brain.cleared

    @property
    def locked(self) -> bool:
        """Whether a client has locked it, so that nobody can punch."""
        return self._brain.locked

    def start(self) -> None:
        """Listen on both ports. Raises OSError when one is taken."""
        self._ports.start()

    def stop(self) -> None:
        """Cut every connection; the memory stays, as in a terminal that is switched off."""
        self._ports.stop()

    def state(self) -> dict[str, object]:
        """Clock, fill, clients, faults that wait, and the last punch with its PIN masked."""
        last = self._brain.last_punch
        return {
            "simulated": True,
            "name": self.name,
            "clock": self.clock.read().isoformat(timespec="seconds"),
            "ahead_seconds": round(self.clock.ahead().total_seconds()),
            "users": len(self.memory.users),
            "records": len(self.memory.log),
            "capacity": self.memory.capacity,
            "layout": self.memory.generation.value,
            "clients": self._ports.count,
            "locked": self._brain.locked,
            "faults": [waiting.name for waiting in self._faults.waiting],
            "last_punch": masked(last.pin) if last else None,
        }

    def picture(self) -> bytes:
        """A PNG of its front."""
        last = self._brain.last_punch
        return draw_face(
            self.name,
            self.clock.read(),
            f"谢谢 {masked(last.pin)}" if last else None,
            f"记录 {len(self.memory.log)} / {self.memory.capacity}",
            locked=self._brain.locked,
        )

    def commands(self) -> tuple[str, ...]:
        """Names that `command` takes."""
        return tuple(self._commands)

    def command(self, name: str, **arguments: object) -> Result:
        """Do or break something now. Raises ValueError for an unknown name or wrong arguments."""
        return run_command(self._commands, name, arguments)

    def _press_finger(self, pin: str, state: int = _UNDEFINED) -> Result:
        """Somebody punches; strangers and a locked terminal are refused."""
        return self._verify(pin, _FINGER, state)

    def _type_password(self, pin: str, state: int = _UNDEFINED) -> Result:
        return self._verify(pin, _PASSWORD, state)

    def _verify(self, pin: str, verify: int, state: int) -> Result:
        uid = self.memory.uid_of(pin)
        if uid is None or self._brain.locked:
            return {"accepted": False, "why": "locked" if self._brain.locked else "unknown"}
        shown = self.clock.read()
        punch = Punch(uid, pin, to_code(shown), verify, state)
        self._brain.punch(punch)
        event = Answer(_EVENT, self._pack_event(punch, shown), session=_PUNCHED, reply=0)
        for client in self._ports.listeners(_PUNCHED):
            client.tell(event)
        return {"accepted": True, "records": len(self.memory.log)}

    def _pack_event(self, punch: Punch, shown: datetime) -> bytes:
        size, codes = self._event_size, bytes([punch.verify, punch.state]) + to_six(shown)
        if size >= 32:  # noqa: PLR2004 - long events name the PIN in text
            head = punch.pin.encode().ljust(24, b"\0")
        elif size == 12:  # noqa: PLR2004 - a PIN of four bytes
            head = struct.pack("<I", int(punch.pin))
        else:
            head = struct.pack("<H", int(punch.pin) & 0xFFFF)
        return (head + codes).ljust(size, b"\0")

    def _enrol(self, pin: str, uid: int = 0, full_name: str = "") -> Result:
        uid = uid or max(self.memory.users, default=0) + 1
        self.memory.enrol(uid, pin, full_name.encode("gbk"))
        return {"uid": uid}

    def _fill(self, records: int, every_seconds: int = 7) -> Result:
        """Write records of the past, the last one now, spread over who is enrolled."""
        if not self.memory.users:
            self._enrol("1")
        users = sorted(self.memory.users)
        pins = {uid: self.memory.pin_of(uid) for uid in users}
        shown = self.clock.read()
        for number in range(records):
            at = shown - timedelta(seconds=(records - 1 - number) * every_seconds)
            uid = users[number % len(users)]
            self._brain.punch(Punch(uid, pins[uid], to_code(at), _FINGER, _UNDEFINED))
        return {"records": len(self.memory.log)}

    def _clear_log(self) -> Result:
        self.memory.log.clear()
        return {"records": 0}

    def _set_ahead(self, seconds: float) -> Result:
        self.clock.put(self.clock.read() - self.clock.ahead() + timedelta(seconds=seconds))
        return {"ahead_seconds": seconds}

    def _drift(self, seconds_a_day: float) -> Result:
        self.clock.run(seconds_a_day)
        return {"drift": seconds_a_day}

    def _count_moves(self, by: int = 1, times: int = 1) -> Result:
        self._brain.moves_during_reads = [by] * times
        return {"moves": by, "times": times}

    def _misreport_sizes(self, records: int = 0) -> Result:
        self._brain.told_records = records
        return {"told": records}

    def _slow(self, seconds: float) -> Result:
        self._faults.slow_seconds = seconds
        return {"slow": seconds}

    def _heal(self) -> Result:
        self._faults.heal()
        self._brain.told_records = None
        self._brain.moves_during_reads.clear()
        return {"faults": []}

    def _breaking(self, make: Callable[..., Fault]) -> Callable[..., Result]:
        def arm(times: int = 1, **arguments: object) -> Result:
            try:
                made = make(**arguments)
            except TypeError as error:
                raise ValueError(f"{make.__name__}: {error}") from error
            self._faults.add(replace(made, times=times))
            return {"faults": [waiting.name for waiting in self._faults.waiting]}

        return arm
