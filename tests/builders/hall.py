"""Halls for tests, told as one would tell of them: `a_hall().with_queue("A").with_counter(1)`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Self

from server.catalogue.models import Hall
from server.clock import Clock
from server.database import Database
from server.devices.models import DeviceKind
from server.people.models import Role
from server.queueing.settings import HallQueueSettings
from server.work import Workplace
from tests.builders import rows
from tests.builders.built import BuiltHall

Span = tuple[int, time, time]
# Most tests press without waiting between two presses, and miss a citizen at the first call.
HASTY: Mapping[str, Any] = {"recall_interval_seconds": 0, "calls_before_no_show": 1}
ALWAYS: tuple[Span, ...] = tuple((weekday, time.min, time.max) for weekday in range(7))


@dataclass(frozen=True, slots=True)
class HallDescription:
    """What a hall is to have; each `with_…` gives a description with one thing more."""

    name: str = "示例县政务服务大厅"
    zone: str = "Asia/Shanghai"
    hours: tuple[Span, ...] = ALWAYS
    queues: tuple[tuple[str, int, int], ...] = ()
    counters: tuple[tuple[int, str], ...] = ()
    devices: tuple[tuple[DeviceKind, str], ...] = ()
    staff: tuple[tuple[Role, str], ...] = ()
    queue_settings: Mapping[str, Any] = field(default_factory=lambda: HASTY)

    def with_queue_settings(self, **changes: Any) -> Self:
        """Values of config/queue.toml changed for this hall, and no others."""
        return replace(self, queue_settings=changes)

    def named(self, name: str) -> Self:
        """Another name, for a second hall in the same database."""
        return replace(self, name=name)

    def in_zone(self, zone: str) -> Self:
        """A hall elsewhere on earth."""
        return replace(self, zone=zone)

    def open_on(self, weekday: int, opens: time, closes: time) -> Self:
        """Tickets are given in the spans named so, and no longer always (Monday = 0)."""
        before = () if self.hours is ALWAYS else self.hours
        return replace(self, hours=(*before, (weekday, opens, closes)))

    def with_queue(self, prefix: str, *, first_number: int = 1, width: int = 3) -> Self:
        """A queue with one service."""
        return replace(self, queues=(*self.queues, (prefix, first_number, width)))

    def with_counter(self, number: int, serving: str | None = None) -> Self:
        """A counter that serves these prefixes, or all those named so far."""
        served = "".join(queue[0] for queue in self.queues) if serving is None else serving
        return replace(self, counters=(*self.counters, (number, served)))

    def with_staff(self, role: Role, *usernames: str) -> Self:
        """Accounts of a role."""
        return replace(self, staff=(*self.staff, *((role, name) for name in usernames)))

    def with_clerks(self, count: int) -> Self:
        """Clerks clerk1, clerk2, … each with a counter of that number, for all queues so far."""
        hall = self
        for number in range(1, count + 1):
            hall = hall.with_counter(number).with_staff(Role.CLERK, f"clerk{number}")
        return hall

    def with_device(self, kind: DeviceKind, name: str) -> Self:
        """A device; one that is not paired itself is run by the agent named before it."""
        return replace(self, devices=(*self.devices, (kind, name)))

    def build(self, database: Database, clock: Clock) -> BuiltHall:
        """Write the hall into the database."""
        with database.write() as session:
            hall = Hall(name=self.name, name_en="Sample hall", time_zone=self.zone)
            session.add(hall)
            session.flush()
            session.add(HallQueueSettings(hall_id=hall.id, changes=dict(self.queue_settings)))
            rows.add_hours(session, hall.id, self.hours)
            return BuiltHall(
                Workplace(database, clock),
                hall.id,
                hall.zone,
                rows.add_queues(session, hall.id, self.queues),
                rows.add_counters(session, hall.id, self.counters),
                rows.add_devices(session, hall.id, self.devices),
                rows.add_staff(session, hall.id, self.staff),
            )


def a_hall() -> HallDescription:
    """A hall in Shanghai that never closes and has nothing in it yet."""
    return HallDescription()
