#!/usr/bin/env python3
"""Sets Hallkeeper up on a fresh machine; needs only Python and stays readable to old ones."""

import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
NEWEST_LOOKED_FOR = 20
NOT_READY = 2


def newer_python():
    # type: () -> str | None
    """Path of another interpreter on this machine that is new enough, the newest first."""
    for minor in range(NEWEST_LOOKED_FOR, OLDEST_PYTHON[1] - 1, -1):
        path = shutil.which("python3.{}".format(minor))  # noqa: UP032 - read by old Pythons too
        # A version manager's place-holder is found but does not start.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def main():
    # type: () -> int
    """Run the command with a Python that can, or say which one is missing."""
    if sys.version_info >= OLDEST_PYTHON:
        from tooling.commands import run  # noqa: PLC0415 - older Pythons cannot read it

        return run(sys.argv[1:])
    newer = newer_python()
    if newer:
        os.execv(newer, [newer, *sys.argv])  # noqa: S606 - the same program, by a newer Python
    print("需要 Python 3.11 或更新的版本，请先安装，例如：")
    print("Python 3.11 or newer is needed; install it first, for example:")
    print("    sudo apt-get install python3.11 python3.11-venv")
    return NOT_READY


if __name__ == "__main__":
    sys.exit(main())
