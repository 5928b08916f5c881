"""The driver against the simulated printer, over real TCP: every way a paper may not come out."""

import threading
import time
from contextlib import closing

import pytest

from drivers.escpos.codec import Query
from drivers.escpos.device import Printer
from drivers.escpos.outcome import OutcomeState, Reason
from drivers.escpos.session import Session
from drivers.escpos.settings import Confirmation, PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from drivers.escpos.status import PrinterState, PrinterStatus
from drivers.transport import TransportError, open_transport
from tests.drivers.escpos.printers import SILENCE, a_printer, a_small_job, texts


class TestReady:
    def test_a_job_is_printed_when_the_printer_echoes_its_token(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        outcome = printer.print_job(job, "7")
        assert (outcome.job_id, outcome.state) == ("7", OutcomeState.PRINTED)
        assert (outcome.reason, outcome.method) == (Reason.CONFIRMED, Confirmation.ECHO)
        assert "A001号" in simulator.papers()[-1].text

    def test_the_driver_sends_nothing_that_the_printer_does_not_know(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        assert simulator.state()["unknown_commands"] == 0

    def test_the_data_of_a_job_asks_nothing_in_real_time(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        before = int(str(simulator.state()["queries"]))
        printer.print_job(job, "2")
        assert int(str(simulator.state()["queries"])) - before == len(Query)

    def test_the_probe_leaves_no_paper_and_is_made_once(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("no_fn48")
        printer = a_printer(simulator.address)
        printer.print_job(job, "1")
        simulator.command("repair")
        assert printer.print_job(job, "2").method is Confirmation.BARRIER
        assert len(simulator.papers()) == 2

    def test_status_and_name_can_be_asked(self, printer: Printer) -> None:
        assert printer.status() == PrinterStatus(PrinterState.READY)
        assert printer.name() == "HALLKEEPER-SIMULATOR"

    def test_a_slow_printer_prints_in_the_end_without_a_false_alarm(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        alarms: list[PrinterStatus] = []
        simulator.command("slow", bytes_per_second=15_000)
        printer = a_printer(simulator.address, deadline=10)
        assert printer.print_job(job, "1", watch=alarms.append).state is OutcomeState.PRINTED
        assert alarms == []


class TestBeforeSending:
    def test_nobody_there_is_unreachable(self, simulator: PrinterSimulator, job: bytes) -> None:
        simulator.stop()
        printer = a_printer(simulator.address)
        outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.reason) == (
            OutcomeState.FAILED_BEFORE_SEND,
            Reason.UNREACHABLE,
        )
        assert outcome.status.state is printer.status().state is PrinterState.UNREACHABLE

    @pytest.mark.parametrize(
        ("fault", "state"),
        [
            ("paper_out", PrinterState.PAPER_END),
            ("cover_open", PrinterState.COVER_OPEN),
            ("cutter_error", PrinterState.CUTTER_ERROR),
            ("overheat", PrinterState.ERROR),
            ("silent", PrinterState.OFFLINE),
        ],
    )
    def test_a_printer_that_cannot_print_is_named_and_sent_nothing(
        self,
        printer: Printer,
        simulator: PrinterSimulator,
        job: bytes,
        fault: str,
        state: PrinterState,
    ) -> None:
        simulator.command(fault)
        outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.reason, outcome.status.state) == (
            OutcomeState.FAILED_BEFORE_SEND,
            Reason.NOT_READY,
            state,
        )
        simulator.command("repair")
        assert printer.print_job(job, "1").state is OutcomeState.PRINTED
        assert len(simulator.papers()) == 1

    def test_near_end_is_told_and_still_prints(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("near_end")
        outcome = printer.print_job(job, "1")
        assert outcome.state is OutcomeState.PRINTED
        assert outcome.status.state is PrinterState.PAPER_NEAR_END

    def test_a_printer_that_does_not_answer_its_own_barrier_is_sent_nothing(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("no_barrier")
        outcome = a_printer(simulator.address, Confirmation.BARRIER).print_job(job, "1")
        assert (outcome.state, outcome.status.state) == (
            OutcomeState.FAILED_BEFORE_SEND,
            PrinterState.OFFLINE,
        )

    def test_a_link_cut_while_asking_sent_nothing(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("drop_after_bytes", count=2)
        outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.reason) == (
            OutcomeState.FAILED_BEFORE_SEND,
            Reason.LINK_LOST,
        )


class TestHalfWay:
    @pytest.mark.parametrize("count", [200, 1500, 4000, 8000])
    def test_a_job_after_one_that_broke_off_has_a_paper_of_its_own(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes, count: int
    ) -> None:
        printer.print_job(job, "1")
        whole = simulator.papers()[-1].text
        simulator.command("drop_after_bytes", count=count)
        assert printer.print_job(job, "2").state is OutcomeState.UNCERTAIN
        assert printer.print_job(job, "3").state is OutcomeState.PRINTED
        assert simulator.papers()[-1].text == whole

    def test_a_new_driver_does_not_continue_an_image_that_an_old_one_left_unfinished(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        whole = simulator.papers()[-1].text
        simulator.command("drop_after_bytes", count=1500)
        assert printer.print_job(job, "2").state is OutcomeState.UNCERTAIN
        outcome = a_printer(simulator.address).print_job(job, "3")
        assert (outcome.state, outcome.method) == (OutcomeState.PRINTED, Confirmation.ECHO)
        assert [paper.text for paper in simulator.papers()].count(whole) == 2

    def test_bytes_accepted_and_cable_cut_is_uncertain(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        simulator.command("drop_after_bytes", count=12 + len(job))
        outcome = printer.print_job(job, "2")
        assert (outcome.state, outcome.reason) == (OutcomeState.UNCERTAIN, Reason.LINK_LOST)
        assert len(simulator.papers()) == 2  # it did come out; nobody can know

    def test_a_cable_cut_in_mid_job_is_uncertain(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        simulator.command("drop_after_bytes", count=100)
        assert printer.print_job(job, "2").state is OutcomeState.UNCERTAIN

    def test_a_power_cut_in_mid_job_is_uncertain(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        def power_cut(status: PrinterStatus) -> None:
            simulator.command("reset")

        simulator.command("paper_out", after=3)
        printer = a_printer(simulator.address, deadline=5)
        outcome = printer.print_job(job, "1", watch=power_cut)
        assert (outcome.state, outcome.reason) == (OutcomeState.UNCERTAIN, Reason.LINK_LOST)

    def test_paper_that_ends_half_way_is_told_and_after_a_refill_it_is_printed(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        seen: list[PrinterState] = []

        def refill(status: PrinterStatus) -> None:
            seen.append(status.state)
            if status.state is PrinterState.PAPER_END:
                simulator.command("refill")

        simulator.command("paper_out", after=3)
        printer = a_printer(simulator.address, deadline=5)
        outcome = printer.print_job(job, "1", watch=refill)
        assert outcome.state is OutcomeState.PRINTED
        assert seen[0] is PrinterState.PAPER_END
        assert outcome.status.can_print
        assert len(simulator.papers()) == 1

    def test_paper_that_ends_half_way_and_is_not_refilled_is_uncertain(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        seen: list[PrinterStatus] = []
        simulator.command("paper_out", after=3)
        outcome = printer.print_job(job, "1", watch=seen.append)
        assert (outcome.state, outcome.reason, outcome.status.state) == (
            OutcomeState.UNCERTAIN,
            Reason.STOPPED,
            PrinterState.PAPER_END,
        )
        assert seen == [outcome.status]  # told once, not at every look

    def test_after_a_refill_the_queue_goes_on_in_order_each_paper_once(
        self, printer: Printer, simulator: PrinterSimulator
    ) -> None:
        simulator.command("paper_out", after=1)
        first = printer.print_job(a_small_job("A001"), "1")
        second = printer.print_job(a_small_job("A002"), "2")
        simulator.command("refill")
        again = printer.print_job(a_small_job("A002"), "2")
        assert [first.state, second.state, again.state] == [
            OutcomeState.UNCERTAIN,
            OutcomeState.FAILED_BEFORE_SEND,
            OutcomeState.PRINTED,
        ]
        assert texts(simulator) == ["A001", "A002"]

    def test_a_late_echo_of_the_job_before_is_not_taken_for_this_ones(
        self, simulator: PrinterSimulator
    ) -> None:
        printer = a_printer(simulator.address, Confirmation.ECHO, deadline=0.4)
        simulator.command("paper_out", after=1)
        printer.print_job(a_small_job("A001"), "1")
        simulator.command("refill")  # its echo waits for the next link now
        simulator.command("no_fn48")
        outcome = printer.print_job(a_small_job("A002"), "2")
        assert (outcome.state, outcome.reason) == (
            OutcomeState.UNCERTAIN,
            Reason.NO_CONFIRMATION,
        )

    def test_a_late_barrier_of_the_job_before_is_not_taken_for_this_ones(
        self, simulator: PrinterSimulator
    ) -> None:
        printer = a_printer(simulator.address, Confirmation.BARRIER, deadline=0.4)
        simulator.command("paper_out", after=1)
        printer.print_job(a_small_job("A001"), "1")
        simulator.command("refill")  # its answer waits for the next link now
        simulator.command("paper_out", after=1)
        outcome = printer.print_job(a_small_job("A002"), "2")
        assert (outcome.state, outcome.reason) == (OutcomeState.UNCERTAIN, Reason.STOPPED)

    def test_at_the_deadline_the_rest_of_a_job_is_held_back(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        with closing(open_transport(simulator.address, timeout=1)) as link:
            session = Session(link, SILENCE)
            with pytest.raises(TransportError, match=f"out of time with 0 of {len(job)} bytes"):
                session.send(job, time.monotonic() - 1)


class TestManyHosts:
    def test_two_hosts_on_one_printer_never_mix_their_bytes(
        self, simulator: PrinterSimulator
    ) -> None:
        def print_ten(letter: str) -> None:
            printer = Printer(simulator.address, PrinterSettings(), timeout=5)
            for number in range(10):
                text = f"{letter}{number}" * 200
                states.append(printer.print_job(a_small_job(text), text).state)

        states: list[OutcomeState] = []
        hosts = [threading.Thread(target=print_ten, args=(letter,)) for letter in "AB"]
        for host in hosts:
            host.start()
        for host in hosts:
            host.join()
        assert states == [OutcomeState.PRINTED] * 20
        papers = [paper.text.replace("\n", "") for paper in simulator.papers()]
        expected = [f"{letter}{number}" * 200 for letter in "AB" for number in range(10)]
        assert sorted(papers) == expected

    def test_a_printer_held_by_another_host_is_offline_not_uncertain(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        with closing(open_transport(simulator.address, timeout=1)) as other:
            other.write(b"\x10\x04\x01")
            assert other.read(1) == b"\x12"
            outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.status.state) == (
            OutcomeState.FAILED_BEFORE_SEND,
            PrinterState.OFFLINE,
        )
