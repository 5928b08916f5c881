"""Waiting by condition, with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

PAUSE_SECONDS = 0.02


def wait_until(
    condition: Callable[[], Result],
    what: str,
    *,
    seconds: float = 10.0,
    pause: float = PAUSE_SECONDS,
) -> Result:
    """The first true result of `condition`, asked every `pause` seconds.

    Raises TimeoutError naming `what` after `seconds`; errors of `condition` pass through.
    """
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(pause)
