"""CPU time of one choice among five thousand waiting tickets: `python -m tests.bench.queue_policy`.

Prints the median and the worst of the runs in microseconds of CPU, not of wall time.
"""

import random
import statistics
import sys
import time

from server.queueing.lanes import Lane
from server.queueing.rules import Assignment, WaitingTicket, choose
from server.queueing.settings import default_settings

WAITING, QUEUES, RUNS = 5_000, 8, 200
NANOSECONDS_PER_MICROSECOND = 1_000


def crowd() -> list[WaitingTicket]:
    """Five thousand people in eight queues and all lanes."""
    chance = random.Random(7)
    lanes = list(Lane)
    return [
        WaitingTicket(
            number, number % QUEUES, arrival=number, lane=chance.choice(lanes), waited=number
        )
        for number in range(WAITING)
    ]


def main() -> None:
    """Measure and print."""
    policy, people = default_settings().policy, crowd()
    work = {queue: Assignment() for queue in range(QUEUES)}
    spent = []
    for _ in range(RUNS):
        began = time.process_time_ns()
        choose(people, {}, policy, work)
        spent.append((time.process_time_ns() - began) // NANOSECONDS_PER_MICROSECOND)
    median, worst = int(statistics.median(spent)), max(spent)
    sys.stdout.write(f"choice among {WAITING}: median {median} µs CPU, worst {worst} µs CPU\n")


if __name__ == "__main__":
    main()
