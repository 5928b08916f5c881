"""What the hall's processes share: structured logs, and ending when they are told to."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

import structlog


def configure_logs() -> None:
    """Log JSON lines to standard error, with what is bound to the context (a request's number)."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def stop_on_signal(stop: Callable[[], None], *, end_with_stdin: bool) -> None:
    """Call `stop` at SIGTERM or SIGINT.

    With `end_with_stdin` also when the parent is gone, who alone hears of SIGINT then: a terminal
    sends it to both, and the parent ends its children in order.
    """

    def told(_number: int, _frame: FrameType | None) -> None:
        stop()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, signal.SIG_IGN if end_with_stdin else told)
    if end_with_stdin:
        threading.Thread(target=_end_with_stdin, args=(stop,), daemon=True).start()


def _end_with_stdin(stop: Callable[[], None]) -> None:
    # Not through the buffered reader: its lock, held here, would abort the interpreter's end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop()
