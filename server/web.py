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
from drivers.sign_preview import draw_sign  # noqa: E402
from server.app import create_app  # noqa: E402
from server.attendance.standing_run import run_every_hall  # noqa: E402
from server.cli.export_reading import read_export, read_log  # noqa: E402
from server.clock import system_clock  # noqa: E402
from server.day_keeper import LOOK_SECONDS, DayKeeper  # noqa: E402
from server.demo.application import with_demo  # noqa: E402
from server.edge.audience import RECHECK_SECONDS  # noqa: E402
from server.housekeeping import TIDY_SECONDS, tidy  # noqa: E402
from server.post_keeper import tell_of_posts  # noqa: E402
from server.realtime import Relay  # noqa: E402
from server.settings import Settings  # noqa: E402
from server.voice.ahead import ROUND_SECONDS, SpeechAhead  # noqa: E402
from server.work import Workplace  # noqa: E402

log = logging.getLogger(__name__)

ATTENDANCE_SECONDS = 5.0  # a new punch shows in the verdicts this soon
POSTS_SECONDS = 10.0  # a clerk who has punched in counts in estimates this soon
RELAY_SECONDS = 1.0  # how often to look for events that another process wrote
TOGETHER_SECONDS = 0.05  # what happens within this time of a round is told in one notice
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
        gevent.sleep(TOGETHER_SECONDS)
        changed.wait(timeout=RELAY_SECONDS)
        changed.clear()

    for_ever("telling the screens", relay.go_round, wait)


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
    hallkeeper = create_app(
        settings,
        async_mode="gevent",
        draw_receipt=draw_receipt,
        draw_sign=draw_sign,
        read_export=read_export,
        read_log=read_log,
    )
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's; the supervisor ends us in order
    gevent.spawn(relay_for_ever, hallkeeper.relay, changed)
    gevent.spawn(end_with_parent, server)
    workplace = Workplace(hallkeeper.database, system_clock)
    keeper = DayKeeper(workplace)
    keeper.start()
    gevent.spawn(for_ever, "the business day", keeper.look, lambda: gevent.sleep(LOOK_SECONDS))
    gevent.spawn(
        for_ever,
        "attendance",
        lambda: run_every_hall(workplace, rest=gevent.idle),
        lambda: gevent.sleep(ATTENDANCE_SECONDS),
    )
    gevent.spawn(
        for_ever,
        "who has punched in",
        lambda: tell_of_posts(workplace),
        lambda: gevent.sleep(POSTS_SECONDS),
    )
    gevent.spawn(hallkeeper.presence.settle)
    gevent.spawn(
        for_ever, "who listens", hallkeeper.audience.recheck, lambda: gevent.sleep(RECHECK_SECONDS)
    )
    gevent.spawn(
        for_ever,
        "housekeeping",
        lambda: tidy(workplace, rest=gevent.idle),
        lambda: gevent.sleep(TIDY_SECONDS),
    )
    gevent.spawn(
        for_ever,
        "speaking ahead",
        SpeechAhead(workplace, hallkeeper.speech).look,
        lambda: gevent.sleep(ROUND_SECONDS),
    )
    log.info("serving", extra={"address": settings.base_url, "demo": settings.demo})
    server.serve_forever(stop_timeout=STOP_SECONDS)
    hallkeeper.speech.close()
    hallkeeper.database.close()


if __name__ == "__main__":
    main()
