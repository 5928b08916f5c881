"""How fast the wire codecs are: `python -m tests.bench.devices.bench_codecs`.

Each decoder is fed a clean stream and one that is all noise, in pieces of 64 bytes as they come
from a line. The measure is how many times the speed of that device's own line it keeps up with:
anything far above 1 leaves the processor to others. Seconds are CPU time, the best of several.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from typing import Protocol

import click

from drivers.escpos import codec as escpos
from drivers.idcard import codec as idcard
from drivers.idcard.twin import frame as idcard_frame
from drivers.led.onbon import codec as onbon
from drivers.panel import codec as panel
from drivers.scanner import codec as scanner

PIECE = 64
STREAM_BYTES = 400_000
REPEATS = 3
BITS_PER_BYTE = 10


class Decoder(Protocol):
    """What every codec has."""

    def feed(self, data: bytes) -> object:
        """Take bytes as they arrive."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A codec: how a decoder is made, a message as it comes down the line, the line's speed."""

    name: str
    make: Callable[[], Decoder]
    message: bytes
    baud: int


ONBON_ACK = bytes.fromhex(
    "A5" * 8 + "00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A"
)
SUBJECTS = (
    Subject("call panel", panel.Decoder, panel.encode(panel.show_ticket(1, "001")), 9600),
    Subject("Onbon sign", onbon.Decoder, ONBON_ACK, 57600),
    Subject(
        "ticket printer", escpos.Decoder, bytes.fromhex("16 12 12 12 37 22 41 42 43 44 00"), 115200
    ),
    Subject("card reader", idcard.Decoder, idcard_frame(0x90, bytes(1284)), 115200),
    Subject("scanner", scanner.Decoder, b"http://hall.example/t/0123456789abcdef\r\n", 9600),
)


def seconds(subject: Subject, stream: bytes) -> float:
    """The least CPU seconds that decoding a stream took."""
    best = float("inf")
    for _ in range(REPEATS):
        decoder = subject.make()
        started = process_time()
        for at in range(0, len(stream), PIECE):
            decoder.feed(stream[at : at + PIECE])
        best = min(best, process_time() - started)
    return best


def report(subject: Subject) -> str:
    """One line: messages per second, and times the line's speed for messages and for noise."""
    count = STREAM_BYTES // len(subject.message)
    clean = seconds(subject, subject.message * count)
    noise = seconds(subject, random.Random(485).randbytes(STREAM_BYTES))
    line = subject.baud / BITS_PER_BYTE
    times = [count * len(subject.message) / clean / line, STREAM_BYTES / noise / line]
    return (
        f"{subject.name:<15} {count / clean:>12,.0f} messages/s"
        f" {times[0]:>9,.0f} x its line, noise {times[1]:>9,.0f} x"
    )


def main() -> None:
    """Measure and print."""
    for subject in SUBJECTS:
        click.echo(report(subject))


if __name__ == "__main__":
    main()
