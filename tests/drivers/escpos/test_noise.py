"""Bytes that only a badly broken printer would send, from a scripted peer."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from drivers.escpos.machine import Machine
from drivers.escpos.outcome import OutcomeState, Reason
from drivers.escpos.session import Session
from drivers.escpos.settings import Confirmation
from drivers.escpos.status import PrinterState
from drivers.simulator import TcpServer
from drivers.transport import open_transport
from tests.drivers.escpos.printers import SILENCE, a_printer

Script = Callable[[bytes], bytes]


@pytest.fixture
def scripted() -> Iterator[Callable[[Script], str]]:
    """A peer that answers each piece it receives as the script says."""
    servers: list[TcpServer] = []

    def start(script: Script) -> str:
        def serve(link: socket.socket) -> None:
            while data := link.recv(4096):
                link.sendall(script(data))

        servers.append(TcpServer(serve))
        servers[-1].start()
        return servers[-1].address

    yield start
    for server in servers:
        server.stop()


class TestNoise:
    def test_a_cover_opened_during_the_probe_is_not_taken_for_a_poor_clone(
        self, scripted: Callable[[Script], str], job: bytes
    ) -> None:
        machine = Machine(576)
        once = iter([True])

        def open_cover_at_the_first_probe(data: bytes) -> bytes:
            if b"\x1d(H" in data:
                machine.faults.cover_open = next(once, False)
            machine.receive(data)
            return machine.take_answers()

        printer = a_printer(scripted(open_cover_at_the_first_probe))
        assert printer.print_job(job, "1").status.state is PrinterState.COVER_OPEN
        machine.faults.cover_open = False
        assert printer.print_job(job, "1").method is Confirmation.ECHO

    def test_a_barrier_that_comes_late_is_not_counted_for_the_job_after_it(
        self, scripted: Callable[[Script], str]
    ) -> None:
        late = bytearray()

        def one_answer_behind(data: bytes) -> bytes:
            answers = bytes(late) + b"\x12" * data.count(b"\x10\x04")
            late.clear()
            if data.lstrip(b"\0") == b"\x1dr\x01":  # answered with what an earlier host asked for
                late.append(0)
                answers += b"\0"
            return answers

        printer = a_printer(scripted(one_answer_behind), Confirmation.BARRIER)
        assert printer.print_job(b"A001\n", "1").state is OutcomeState.UNCERTAIN

    def test_answers_that_come_late_are_not_taken_for_those_of_the_next_query(self) -> None:
        machine = Machine(576)
        machine.faults.feeds_left = 0

        def busy_at_first(link: socket.socket) -> None:
            held_back = b""
            while data := link.recv(4096):
                machine.receive(data)
                if not held_back:
                    held_back = machine.take_answers()
                    continue
                if data == b"\x10\x04\x01":
                    link.sendall(held_back)
                time.sleep(SILENCE / 4)  # every answer travels by itself
                link.sendall(machine.take_answers())

        server = TcpServer(busy_at_first)
        server.start()
        with closing(open_transport(server.address, timeout=SILENCE)) as link:
            session = Session(link, SILENCE)
            first, second = session.status(), session.status()
        server.stop()
        assert (first.state, second.state) == (PrinterState.OFFLINE, PrinterState.PAPER_END)
        assert PrinterState.ERROR not in second.holding

    def test_unasked_status_between_the_answers_is_sorted_out(
        self, scripted: Callable[[Script], str]
    ) -> None:
        url = scripted(lambda data: b"\x10\x00\x00\x0f\x11" + b"\x12" * data.count(b"\x10\x04"))
        assert a_printer(url).status().state is PrinterState.READY

    def test_a_fault_told_unasked_explains_the_silence_after_it(
        self, scripted: Callable[[Script], str]
    ) -> None:
        url = scripted(lambda _: b"\x38\x00\x00\x0f")
        assert a_printer(url).status().state is PrinterState.COVER_OPEN

    def test_good_news_told_unasked_does_not_hide_a_silence(
        self, scripted: Callable[[Script], str]
    ) -> None:
        url = scripted(lambda _: b"\x10\x00\x00\x0f")
        assert a_printer(url).status().state is PrinterState.OFFLINE

    def test_a_printer_that_answers_only_some_queries_is_judged_by_those(
        self, scripted: Callable[[Script], str]
    ) -> None:
        url = scripted(lambda data: b"" if data == b"\x10\x04\x03" else b"\x12")
        assert a_printer(url).status().state is PrinterState.READY

    def test_endless_chatter_does_not_hold_it_up(self, scripted: Callable[[Script], str]) -> None:
        url = scripted(lambda _: b"\x00" * 100_000)
        assert a_printer(url).status().state is PrinterState.OFFLINE

    def test_a_peer_that_stops_reading_ends_at_the_deadline(
        self, scripted: Callable[[Script], str]
    ) -> None:
        stop = threading.Event()

        def answer_then_stall(data: bytes) -> bytes:
            if b"stall" in data:
                stop.wait(10)
            return b"\x12"

        url = scripted(answer_then_stall)
        printer = a_printer(url, Confirmation.STATUS, deadline=0.3)
        outcome = printer.print_job(b"stall" + bytes(20_000_000), "1")
        stop.set()
        assert (outcome.state, outcome.reason) == (OutcomeState.UNCERTAIN, Reason.LINK_LOST)
