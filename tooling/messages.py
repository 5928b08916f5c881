"""What set-up says to the person in front of the terminal: Chinese first, English second."""

import sys
from typing import TextIO

# Exit statuses beside 0 and 1.
WRONG_USE = 2
NOT_READY = 2
INTERRUPTED = 130


class SetupError(Exception):
    """Set-up cannot go on; carries what the person should read and the exit status."""

    def __init__(self, chinese: str, english: str, *, command: str = "", status: int = 1) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english
        self.command = command
        self.status = status


def say(chinese: str, english: str, *, command: str = "", stream: TextIO | None = None) -> None:
    """Print one message in both languages and, indented below, the command it asks for."""
    out = stream or sys.stdout
    print(chinese, english, sep="\n", file=out)
    if command:
        print(f"    {command}", file=out)
    out.flush()


def accept_any_terminal() -> None:
    """Keep a terminal without Chinese letters from ending set-up with an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
