"""A process that takes its time to end: `python -m tests.server.cli.reluctant FILE NAME SECS`."""

import signal
import sys
import time
from pathlib import Path
from types import FrameType


def main() -> None:
    """Write down when it has begun, when it is told to end, and when it ends."""
    file, name, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])

    def note(word: str) -> None:
        with file.open("a", encoding="ascii") as notes:
            notes.write(f"{name} {word}\n")

    def told(_number: int, _frame: FrameType | None) -> None:
        note("told")
        time.sleep(seconds)
        note("ended")
        sys.exit()

    signal.signal(signal.SIGTERM, told)
    note("begun")
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
