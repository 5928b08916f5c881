"""A worker: the thread that owns one device, and what it tells about it."""

import logging
import random
import threading
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from drivers.hall_api import HallRefusedError, HallUnreachableError
from drivers.identity import Identify, is_simulated, nothing_known
from drivers.transport import TransportError

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0

OK = "ok"
ATTENTION = "attention"
LOST = "lost"

SIMULATED = "simulated device, refused"

TellHealth = Callable[[str, str], None]


class Task(Protocol):
    """What a worker repeats: one round, then a wait of at most `interval` seconds or a nudge.

    `counts` are what it has done so far, for the administrator.
    """

    counts: Counter[str]

    @property
    def interval(self) -> float:
        """Seconds from one round to the next."""

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Do what there is to do, and tell how the device is. May raise anything.

        A round that goes on for long looks at `stopped` and ends soon after it is set.
        """

    def close(self) -> None:
        """Let go of the device."""


class Worker:
    """Runs a task for ever in its own thread; whatever the task raises, the others go on.

    `identify` asks the device who it is, '' while that is not known. A device that says it is a
    simulator is left alone unless `simulators` are wanted.
    """

    def __init__(
        self,
        name: str,
        task: Task,
        *,
        identify: Identify = nothing_known,
        simulators: bool = False,
    ) -> None:
        self.name = name
        self.identity = ""
        self._task = task
        self._identify = identify
        self._simulators = simulators
        self._troubles: Counter[str] = Counter()
        self._nudge = threading.Event()
        self._stopped = threading.Event()
        self._health = ("unknown", "")
        self._told: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self, told: Callable[[], None] | None = None) -> None:
        """Begin. `told` is called from the worker's thread when the device's state has changed."""
        self._told = told
        self._thread.start()

    def nudge(self) -> None:
        """There is something to do now; from any thread."""
        self._nudge.set()

    def stop(self, timeout: float) -> None:
        """End after the round in hand, waiting at most `timeout` seconds."""
        self._stopped.set()
        self._nudge.set()
        self._thread.join(timeout)

    @property
    def ended(self) -> bool:
        """Whether the device has been let go of, so that another worker may take it."""
        return not self._thread.is_alive()

    @property
    def health(self) -> tuple[str, str]:
        """The device's state and the driver's words for it."""
        return self._health

    @property
    def counts(self) -> dict[str, int]:
        """What was done, and how often the device was lost or its driver failed."""
        return {**self._task.counts, **self._troubles}

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._stopped.is_set():
            self._nudge.clear()
            if self._round():
                pause = FIRST_PAUSE_SECONDS
                self._nudge.wait(_spread(self._task.interval))
            else:  # a nudge does not shorten this pause
                self._stopped.wait(_spread(pause))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._task.close()

    def _round(self) -> bool:
        """One round; whether it went through."""
        try:
            self.identity = self.identity or self._identify()
            if is_simulated(self.identity) and not self._simulators:
                self._tell(ATTENTION, SIMULATED)
                return True
            self._task.round(self._tell, self._stopped)
        except HallUnreachableError:
            return False
        except TransportError as error:
            self._tell(LOST, str(error))
            return False
        except HallRefusedError as error:
            log.warning("the hall refused", extra={"device": self.name, "reason": str(error)})
            return False
        except Exception as error:  # a driver's fault must not end the others
            self._troubles["failures"] += 1
            self._tell(LOST, f"{type(error).__name__}: {error}")
            log.exception("the driver failed", extra={"device": self.name})
            return False
        return True

    def _tell(self, state: str, detail: str) -> None:
        """Note the device's state; logged once when it is lost and once when it is back."""
        before = self._health[0]
        self._health = (state, detail)
        if state == LOST and before != LOST:
            self._troubles["losses"] += 1
        if state != before:
            level = logging.INFO if state == OK else logging.WARNING
            log.log(level, "device %s", state, extra={"device": self.name, "detail": detail})
            if self._told is not None:
                self._told()


def _spread(seconds: float) -> float:
    """A pause that differs a little each time, so that devices do not move in step."""
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
