"""The web process patches the standard library: what is in it is tried in a process of its own."""

from tests.services.children import Children

ROUNDS_WITH_ERRORS = """
import gevent
from gevent.event import Event
from server import web

class FaultyRelay:
    rounds = 0

    def go_round(self):
        self.rounds += 1
        if self.rounds == 1:
            raise KeyError("a row that nobody foresaw")
        print("round", self.rounds, flush=True)

gevent.spawn(web.relay_for_ever, FaultyRelay(), Event()).join()
"""


def test_the_relay_goes_on_after_any_error(children: Children) -> None:
    process = children.python("-c", ROUNDS_WITH_ERRORS)
    process.wait_for_output("round 2")
    assert "a row that nobody foresaw" in process.output()
