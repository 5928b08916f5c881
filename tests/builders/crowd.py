"""Many people at once: real threads that start together."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

PATIENCE_SECONDS = 60.0


def together(count: int, act: Callable[[int], Result]) -> list[Result]:
    """Call `act(0)` … `act(count - 1)`, each in its own thread, all starting at the same moment.

    Their results in order; the first error that one of them raised is raised here.
    """
    start = threading.Barrier(count)

    def one(number: int) -> Result:
        start.wait(PATIENCE_SECONDS)
        return act(number)

    with ThreadPoolExecutor(count) as threads:
        futures = [threads.submit(one, number) for number in range(count)]
        return [future.result(PATIENCE_SECONDS) for future in futures]
