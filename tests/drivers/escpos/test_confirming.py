"""How a paper is confirmed by printers that know less than the one the driver was written for."""

from drivers.escpos.device import Printer
from drivers.escpos.outcome import OutcomeState, Reason
from drivers.escpos.settings import Confirmation
from drivers.escpos.simulator import PrinterSimulator
from tests.drivers.escpos.printers import a_printer


class TestClones:
    def test_without_echo_the_barrier_confirms(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("no_fn48")
        outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.method) == (OutcomeState.PRINTED, Confirmation.BARRIER)

    def test_without_both_it_is_sent_and_never_called_printed(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("no_fn48")
        simulator.command("no_barrier")
        outcome = printer.print_job(job, "1")
        assert (outcome.state, outcome.reason, outcome.method) == (
            OutcomeState.SENT_UNCONFIRMED,
            Reason.NOT_CONFIRMABLE,
            Confirmation.STATUS,
        )

    def test_by_status_alone_paper_that_ends_half_way_is_uncertain(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("paper_out", after=3)
        outcome = a_printer(simulator.address, Confirmation.STATUS).print_job(job, "1")
        assert (outcome.state, outcome.reason) == (OutcomeState.UNCERTAIN, Reason.STOPPED)

    def test_a_printer_without_a_way_back_is_sent_to_blindly(
        self, simulator: PrinterSimulator, job: bytes
    ) -> None:
        simulator.command("silent")
        outcome = a_printer(simulator.address, Confirmation.NONE).print_job(job, "1")
        assert outcome.state is OutcomeState.SENT_UNCONFIRMED

    def test_a_printer_exchanged_for_a_clone_is_probed_again(
        self, printer: Printer, simulator: PrinterSimulator, job: bytes
    ) -> None:
        printer.print_job(job, "1")
        simulator.command("no_fn48")
        assert printer.print_job(job, "2").reason is Reason.NO_CONFIRMATION
        assert printer.print_job(job, "3").method is Confirmation.BARRIER
