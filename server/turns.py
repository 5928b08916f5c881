"""Turns: a lock that is given in the order in which it was asked for."""

import threading
from collections import deque


class Turns:
    """One holder at a time, first come, first served.

    `threading.Lock` promises no order: under load somebody who comes late is often served first,
    and one who waits may wait for seconds.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait for the turn, at most `timeout` seconds; whether it is ours."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(timeout):
            return True
        with self._guard:
            if called.is_set():  # called in the last moment
                return True
            self._waiting.remove(called)
            return False

    def locked(self) -> bool:
        """Whether somebody has the turn."""
        return self._taken

    def release(self) -> None:
        """Hand the turn to who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
