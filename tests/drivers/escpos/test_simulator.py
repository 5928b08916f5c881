from collections.abc import Callable
from contextlib import closing

import pytest

from drivers.escpos.blocks import Block
from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.machine import BUFFER
from drivers.escpos.outcome import OutcomeState
from drivers.escpos.paper import Paper
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from drivers.simulator import Simulator
from drivers.transport import open_transport


def print_on(simulator: PrinterSimulator, text: str) -> OutcomeState:
    printer = Printer(simulator.address, PrinterSettings(), timeout=1)
    return printer.print_job(b"\x1b@" + text.encode() + b"\n\x1dV\x00", text).state


def test_it_is_a_simulator_and_says_so(simulator: PrinterSimulator) -> None:
    twin: Simulator = simulator
    assert twin.kind == "printer"
    assert twin.state()["simulated"] is True


def test_papers_are_kept_with_picture_and_text(simulator: PrinterSimulator) -> None:
    for text in ("A001", "A002"):
        print_on(simulator, text)
    assert [paper.text for paper in simulator.papers()] == ["A001", "A002"]
    assert simulator.picture() == simulator.picture(1) == simulator.papers()[1].picture()
    assert simulator.picture(0) != simulator.picture(1)


def test_a_qr_code_of_its_own_making_is_on_the_paper(
    simulator: PrinterSimulator,
    ticket: tuple[Block, ...],
    read_qr: Callable[[Paper], list[str]],
) -> None:
    settings = PrinterSettings(native_qr=True)
    Printer(simulator.address, settings).print_job(compose(ticket, settings).data, "1")
    assert read_qr(simulator.papers()[0]) == ["https://hall.example/t/7f3a9c"]


def test_before_the_first_paper_there_is_no_picture(simulator: PrinterSimulator) -> None:
    assert (simulator.picture(), simulator.picture(3)) == (None, None)


def test_its_state_tells_what_came_out_and_what_is_wrong(simulator: PrinterSimulator) -> None:
    print_on(simulator, "A001")
    state = simulator.command("near_end")
    assert (state["papers"], state["last_text"], state["waiting"]) == (1, "A001", 0)
    assert isinstance(state["faults"], dict)
    assert state["faults"]["near_end"] is True


def test_every_command_is_named_and_can_be_mended(simulator: PrinterSimulator) -> None:
    arguments = {"drop_after_bytes": {"count": 5000}, "slow": {"bytes_per_second": 9600}}
    for name in simulator.commands():
        simulator.command(name, **arguments.get(name, {}))
    simulator.command("repair")
    assert print_on(simulator, "A001") is OutcomeState.PRINTED


def test_an_unknown_command_names_the_known_ones(simulator: PrinterSimulator) -> None:
    with pytest.raises(ValueError, match=r"unknown command 'burn'; known: .*paper_out, refill"):
        simulator.command("burn")


def test_a_command_with_wrong_arguments_is_refused(simulator: PrinterSimulator) -> None:
    with pytest.raises(ValueError, match="cover_open takes"):
        simulator.command("cover_open", wide=True)


def test_a_paper_without_a_cut_is_torn_off_when_the_host_has_gone(
    simulator: PrinterSimulator,
) -> None:
    printer = Printer(simulator.address, PrinterSettings(), timeout=1)
    printer.print_job(b"\x1b@A001\n", "1")
    printer.status()  # the printer serves one host at a time: the first has gone by now
    assert [(paper.text, paper.cut) for paper in simulator.papers()] == [("A001", False)]


def test_a_full_printer_holds_its_sender_up_and_takes_the_rest_later(
    simulator: PrinterSimulator, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    simulator.command("cover_open")
    data = bytes(4 * BUFFER) + b"A001\n\x1dV\x00"
    with closing(open_transport(simulator.address, timeout=5)) as link:
        link.write(data)
        eventually(lambda: BUFFER <= int(str(simulator.state()["waiting"])) < 2 * BUFFER)
        simulator.command("cover_close")
        eventually(lambda: simulator.state()["last_text"] == "A001")
