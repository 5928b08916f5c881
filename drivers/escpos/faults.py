"""What can be wrong with the SIMULATED printer, and how its sensors tell it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Faults:
    """The state of roll, cover, cutter and head, and what the clone it plays cannot do."""

    feeds_left: int | None = None  # printed lines or images until the roll ends
    near_end: bool = False
    cover_open: bool = False
    cutter_jammed: bool = False
    overheated: bool = False
    silent: bool = False  # answers nothing
    no_fn48: bool = False  # has no GS ( H
    no_barrier: bool = False  # has no GS r either

    @property
    def paper_out(self) -> bool:
        """Whether the roll has ended."""
        return self.feeds_left == 0

    @property
    def offline(self) -> bool:
        """Whether it stands still."""
        return self.paper_out or self.cover_open or self.cutter_jammed or self.overheated

    def query_answer(self, n: int) -> int | None:
        """The byte that answers DLE EOT n; None for an n that asks nothing."""
        failed = self.cutter_jammed or self.overheated
        match n:
            case 1:
                bits = self.offline << 3
            case 2:
                bits = self.cover_open << 2 | self.paper_out << 5 | failed << 6
            case 3:
                bits = self.cutter_jammed << 3 | self.overheated << 6
            case 4:
                bits = 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out
            case _:
                return None
        return 0x12 | bits

    def sensor_answer(self) -> int:
        """The byte that answers GS r 1. At the paper's end it is never asked: nothing runs."""
        return 0x03 * self.near_end

    def auto_status(self) -> bytes:
        """The four bytes of automatic status back."""
        return bytes(
            (
                0x10 | self.offline << 3 | self.cover_open << 5,
                self.cutter_jammed << 3 | self.overheated << 6,
                0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out,
                0x0F,
            )
        )
