"""SIMULATED terminal: what it does wrong on command, as changes to what it was about to send."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from drivers.zkteco.simulated.frames import Answer, Request

PREPARE_BULK, BULK_CHUNK = 1503, 1504
DATA = 1501
YES, ERROR = 2000, 2001


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message, or only a part of it."""

    answer: Answer
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class SendRaw:
    """Send bytes that are no message."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for a time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Hang:
    """Close the connection; over UDP fall silent."""


Step = Send | SendRaw | Wait | Hang
Change = Callable[[list[Step]], list[Step]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Changes the answer to a command (`at`) the next `times` times it is asked."""

    name: str
    at: int
    change: Change
    times: int = 1
    undone: bool = False
    """Whether the command itself is left undone."""


def drop(at: int = BULK_CHUNK) -> Fault:
    """Close the connection instead of answering."""
    return Fault("drop", at, lambda _: [Hang()])


def refuse(at: int = PREPARE_BULK) -> Fault:
    """Answer no and do nothing."""
    return Fault("refuse", at, lambda _: [Send(Answer(ERROR))], undone=True)


def pretend(at: int) -> Fault:
    """Say yes and do nothing: what the command should change stays as it was."""
    return Fault("pretend", at, lambda _: [Send(Answer(YES))], undone=True)


def close_mid_chunk() -> Fault:
    """Close the connection in the middle of a data frame."""

    def change(steps: list[Step]) -> list[Step]:
        at = next((n for n, step in enumerate(steps) if _carries_data(step)), len(steps) - 1)
        cut = steps[at]
        return [*steps[:at], replace(cut, share=0.5) if isinstance(cut, Send) else cut, Hang()]

    return Fault("close_mid_chunk", BULK_CHUNK, change)


def late_reply(seconds: float, at: int = BULK_CHUNK) -> Fault:
    """Answer right, but after a time."""
    return Fault("late_reply", at, lambda steps: [Wait(seconds), *steps])


def lose_datagram(index: int = 1) -> Fault:
    """Leave out one message of a bulk answer: 0 announces, the last one ends."""
    return Fault("lose_datagram", BULK_CHUNK, lambda steps: steps[:index] + steps[index + 1 :])


def swap_datagrams(index: int = 1) -> Fault:
    """Send one message of a bulk answer after the next one."""

    def change(steps: list[Step]) -> list[Step]:
        return [*steps[:index], *reversed(steps[index : index + 2]), *steps[index + 2 :]]

    return Fault("swap_datagrams", BULK_CHUNK, change)


def garbage(where: str = "reply", at: int = BULK_CHUNK) -> Fault:
    """Send noise instead of the answer (`reply`), or right messages full of noise (`data`)."""
    noise = random.Random(4370)  # noqa: S311 - the same noise each time
    if where == "reply":
        return Fault("garbage", at, lambda _: [SendRaw(noise.randbytes(64))])
    if where != "data":
        raise ValueError("garbage is in 'reply' or in 'data'")

    def change(steps: list[Step]) -> list[Step]:
        return [
            replace(step, answer=replace(step.answer, data=noise.randbytes(len(step.answer.data))))
            if isinstance(step, Send) and _carries_data(step)
            else step
            for step in steps
        ]

    return Fault("garbage", at, change)


class Faults:
    """The faults that are waiting for their command, and a slowness that stays until healed."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.slow_seconds = 0.0

    def add(self, fault: Fault) -> None:
        """Let a fault wait for its command."""
        self.waiting.append(fault)

    def heal(self) -> None:
        """Forget all of them."""
        self.waiting.clear()
        self.slow_seconds = 0.0

    def leave_undone(self, request: Request) -> bool:
        """Whether a request is answered without being carried out."""
        return any(fault.undone and fault.at == request.command for fault in self.waiting)

    def apply(self, request: Request, steps: list[Step]) -> list[Step]:
        """What is really sent for a request."""
        for fault in [fault for fault in self.waiting if fault.at == request.command]:
            self.waiting.remove(fault)
            if fault.times > 1:
                self.waiting.append(replace(fault, times=fault.times - 1))
            steps = fault.change(steps)
        if self.slow_seconds:
            return [part for step in steps for part in (Wait(self.slow_seconds), step)]
        return steps


def _carries_data(step: Step) -> bool:
    return isinstance(step, Send) and step.answer.command == DATA
