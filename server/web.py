"""The web process: `python -m server.web`. Started by `hall serve`, ends with it."""

from gevent import monkey

monkey.patch_all()

import logging  # noqa: E402 - everything else must find the patched library
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402

import gevent  # noqa: E402
from gevent.event import Event  # noqa: E402
from gevent.os import tp_read  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402

from drivers.preview import draw_receipt  # noqa: E402
from drivers.process import configure_logs  # noqa: E402
from server.app import create_app  # noqa: E402
from server.app import Hallkeeper, create_app  # noqa: E402
from server.attendance.standing_run import run_every_hall  # noqa: E402
from server.clock import system_clock  # noqa: E402
from server.day_keeper import LOOK_SECONDS, DayKeeper  # noqa: E402
from server.demo.application import with_demo  # noqa: E402
from server.edge.audience import RECHECK_SECONDS  # noqa: E402
from server.realtime import Relay  # noqa: E402
from server.settings import Settings  # noqa: E402
from server.work import Workplace  # noqa: E402

log = logging.getLogger(__name__)

JUDGING_SECONDS = 5.0  # a new punch shows in the verdicts this soon
RELAY_SECONDS = 1.0  # how often to look for events that another process wrote
RETRY_SECONDS = 1.0
STOP_SECONDS = 2.0


def for_ever(what: str, act: Callable[[], object], pause: Callable[[], object]) -> None:
    """Do something round after round; an error ends its round and is told, and no more."""
    while True:
        try:
            act()
        except Exception:
            log.exception("%s: an error; the next round tries again", what)
            gevent.sleep(RETRY_SECONDS)
        pause()


def relay_for_ever(relay: Relay, changed: Event) -> None:
    """Tell the screens of each commit at once, and of other processes' commits soon."""

    def wait() -> None:
        changed.wait(timeout=RELAY_SECONDS)
        changed.clear()

    for_ever("telling the screens", relay.go_round, wait)

def keep_days_for_ever(keeper: DayKeeper) -> None:
    """Begin each business day, on time and once."""
    while True:
        gevent.sleep(LOOK_SECONDS)
        try:
            keeper.look()
        except SQLAlchemyError:
            log.exception("the business day could not be looked after; it will be tried again")


def judge_for_ever(hallkeeper: Hallkeeper) -> None:
    """Judge attendance as punches come, deadlines pass and days begin; each run is idempotent."""
    while True:
        gevent.sleep(JUDGING_SECONDS)
        try:
            run_every_hall(hallkeeper.relay.workplace, rest=gevent.idle)
        except SQLAlchemyError:
            log.exception("attendance could not be judged; it will be tried again")


def end_with_parent(server: WSGIServer) -> None:
    """Stop when the supervisor goes: its end of our standard input closes."""
    while tp_read(sys.stdin.fileno(), 1):
        pass
    log.info("the supervisor is gone")
    server.stop(timeout=STOP_SECONDS)


def main() -> None:
    """Serve until told to stop."""
    configure_logs()
    settings = Settings()
    hallkeeper = create_app(settings, async_mode="gevent", draw_receipt=draw_receipt)
    application = with_demo(hallkeeper, settings)
    changed = Event()
    hallkeeper.database.after_commit(changed.set)
    server = WSGIServer(
        (settings.host, settings.port), application, log=None, error_log=logging.getLogger("pywsgi")
    )

    # pywsgi sends head and body apart; Nagle's wait for the client's delayed ACK would add 40 ms to
    # each answer. Accepted connections inherit the option.
    server.init_socket()
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def stop() -> None:
        log.info("stopping")
        server.stop(timeout=STOP_SECONDS)

    gevent.signal_handler(signal.SIGTERM, stop)
    gevent.signal_handler(signal.SIGINT, stop)
    gevent.spawn(relay_for_ever, hallkeeper.relay, changed)
    gevent.spawn(relay_for_ever, hallkeeper, changed)
    gevent.spawn(judge_for_ever, hallkeeper)
    gevent.spawn(end_with_parent, server)
    keeper = DayKeeper(Workplace(hallkeeper.database, system_clock))
    keeper.start()
    gevent.spawn(for_ever, "the business day", keeper.look, lambda: gevent.sleep(LOOK_SECONDS))
    gevent.spawn(hallkeeper.presence.settle)
    gevent.spawn(
        for_ever, "who listens", hallkeeper.audience.recheck, lambda: gevent.sleep(RECHECK_SECONDS)
    )
    log.info("serving", extra={"address": settings.base_url, "demo": settings.demo})
    server.serve_forever(stop_timeout=STOP_SECONDS)
    hallkeeper.database.close()


if __name__ == "__main__":
    main()
