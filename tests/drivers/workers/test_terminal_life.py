"""A terminal's life from its wire to the hall's rows: whatever happens, nothing is lost silently.

The log grows, repeats itself within a second, wraps, is cleared by somebody, and reads of it break.
After each read that went well the rows are all the punches that were ever made; those that are
missing were made within the time that an alarm names.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from drivers.hall_api import HallApi
from drivers.workers.punches import PunchesTask
from drivers.zkteco.simulated.memory import Punch as Pressed
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal
from drivers.zkteco.timecode import decode_time
from server.attendance.models import Punch
from server.attendance.terminals.models import TerminalFinding
from server.devices.models import Device, DeviceKind
from tests.builders.clock import HandClock
from tests.drivers.workers.conftest import AGENT
from tests.services.live import LiveHall

PEOPLE = ("7", "8")
CAPACITY, DROPPED_AT_ONCE = 1030, 20
NEARLY_FULL = 1015
QUICK = timedelta(seconds=0.3)
WELL = {"ok", "attention"}
EXAMPLES, STEPS = 10, 10
Key = tuple[str, int, int, int]
BURST = st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 2)), min_size=1, max_size=25)


class LifeOfATerminal(RuleBasedStateMachine):
    """One terminal of a hall, new to it."""

    live: ClassVar[LiveHall]
    api: ClassVar[HallApi]
    clock: ClassVar[HandClock]

    def __init__(self) -> None:
        super().__init__()
        self.hall = self.live.hall
        self.simulated = SimulatedTerminal(
            capacity=CAPACITY, drops_at_once=DROPPED_AT_ONCE, now=self.clock
        )
        self.simulated.start()
        for pin in PEOPLE:
            self.simulated.command("enrol", pin=pin)
        self.terminal = replace(Terminal.at(self.simulated.address), reply_timeout=QUICK)
        with self.hall.database.write() as session:
            row = Device(
                hall_id=self.hall.id,
                kind=DeviceKind.TERMINAL,
                name=f"terminal {session.query(Device).count()}",
                agent_id=self.hall.devices[AGENT],
                url=self.simulated.address,
            )
            session.add(row)
            session.flush()
            self.id = row.id
        self.task = PunchesTask(self.api, self.id, self.terminal)
        self.made: Counter[Key] = Counter()
        self.seen = 0
        self.read()  # what a terminal dropped before the hall knew it is nobody's loss

    def teardown(self) -> None:
        """Whatever came last is read, too."""
        self.simulated.command("heal")
        self.read()
        self.simulated.stop()

    @rule(burst=BURST)
    def people_punch(self, burst: list[tuple[str, int]]) -> None:
        """Some within the same second."""
        for pin, later in burst:
            self.clock.move(seconds=later)
            self.simulated.command("press_finger", pin=pin)
            self.made[_key(self.simulated.memory.log[-1])] += 1

    @rule()
    def the_log_gets_nearly_full(self) -> None:
        """A quiet year."""
        missing = NEARLY_FULL - len(self.simulated.memory.log)
        for number in range(missing):
            self.people_punch([(PEOPLE[number % 2], 3)])

    @precondition(lambda self: self.seen and self.simulated.memory.log)
    @rule(unread=BURST)
    def somebody_clears_the_log(self, unread: list[tuple[str, int]]) -> None:
        """At the terminal's own menu, which takes longer than a second; the last punches are lost.

        Not before anybody has seen anything in it: nobody could tell.
        """
        self.people_punch(unread)
        self.simulated.command("clear_log")
        self.clock.move(seconds=2)

    @rule(fault=st.sampled_from(["drop", "close_mid_chunk", "garbage", "refuse"]))
    def a_read_breaks(self, fault: str) -> None:
        """The next one that has something to read."""
        self.simulated.command(fault)

    @rule()
    def read(self) -> None:
        """The agent's schedule; only a read that went well has to have everything."""
        told: list[str] = []
        self.task.round(lambda state, _detail: told.append(state), Event())
        if told[-1] in WELL:
            self.seen = len(self.simulated.memory.log)
            self._require_everything()

    def _require_everything(self) -> None:
        with self.hall.session() as session:
            stored = Counter(
                (row.pin, row.raw_time, row.verify, row.state)
                for row in session.query(Punch).filter_by(terminal_id=self.id)
            )
            alarms = [
                (row.since, row.until)
                for row in session.query(TerminalFinding).filter_by(terminal_id=self.id, alarm=True)
            ]
        assert not stored - self.made, "rows that nobody punched"
        for _pin, code, _verify, _state in self.made - stored:
            at = decode_time(code, self.terminal.zone)
            assert at is not None
            assert any(_within(at, *alarm) for alarm in alarms), "missing without an alarm"


def _key(punch: Pressed) -> Key:
    return punch.pin, punch.code, punch.verify, punch.state


def _within(at: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or since <= at) and (until is None or at <= until)


def test_every_punch_is_a_row_or_an_alarm_names_its_time(
    live_hall: LiveHall, api: HallApi, clock: HandClock
) -> None:
    class Here(LifeOfATerminal):
        """In this hall."""

    Here.live, Here.api, Here.clock = live_hall, api, clock
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],  # making a failure small would take minutes
        ),
    )
