"""The other end of `worker`: does one piece of work, says how it went, and ends."""

import os
import pickle
import sys
import threading
from collections.abc import Iterator
from typing import IO, Any

from drivers.zkteco.errors import TerminalError, WorkerDiedError

YIELDED, RETURNED, RAISED = "yielded", "returned", "raised"
_ORPHANED = 3


def main() -> None:
    """Take the work from standard input and answer on standard output."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # pyzk prints, and the pipe is for answers only
    work = pickle.load(asked)  # noqa: S301 - from the process that started this one
    threading.Thread(target=_end_with_parent, args=(asked.fileno(),), daemon=True).start()
    try:
        result = work()
        if isinstance(result, Iterator):
            for item in result:
                _say(answers, YIELDED, item)
            result = None
        _say(answers, RETURNED, result)
    except TerminalError as error:
        _say(answers, RAISED, type(error)(*error.args))
    except Exception as error:
        _say(answers, RAISED, WorkerDiedError(f"{type(error).__name__}: {error}"))
        raise


def _say(answers: IO[bytes], kind: str, value: Any) -> None:
    pickle.dump((kind, value), answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _end_with_parent(pipe: int) -> None:
    os.read(pipe, 1)  # nothing is ever sent: it returns when the other end is gone
    os._exit(_ORPHANED)  # the other thread may be where no exception reaches it


if __name__ == "__main__":
    main()
