from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.faults import Faults
from drivers.escpos.machine import BUFFER, MODEL, Machine

ECHO = b"\x1d(H\x06\x0000abcd"
ECHOED = b"\x37\x22abcd\x00"
BARRIER = b"\x1dr\x01"


def a_machine(**faults: object) -> Machine:
    machine = Machine(384)
    machine.faults = Faults(**faults)  # type: ignore[arg-type]
    return machine


def answers(machine: Machine, data: bytes) -> bytes:
    machine.receive(data)
    return machine.take_answers()


def test_real_time_queries_are_answered_in_order() -> None:
    assert answers(a_machine(), b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04") == b"\x12" * 4


def test_a_query_cut_in_two_is_answered_once() -> None:
    machine = a_machine()
    assert [answers(machine, part) for part in (b"\x10", b"\x04", b"\x01")] == [b"", b"", b"\x12"]


def test_a_query_inside_an_image_is_answered_too() -> None:
    image = b"\x1dv0\x00\x03\x00\x01\x00" + b"\x10\x04\x01"
    assert answers(a_machine(), image + ECHO) == b"\x12" + ECHOED


def test_an_echo_comes_after_what_was_asked_before_it() -> None:
    assert answers(a_machine(near_end=True), BARRIER + ECHO) == b"\x03" + ECHOED


def test_the_model_name_can_be_asked() -> None:
    assert answers(a_machine(), b"\x1dIC") == b"_" + MODEL + b"\0"


def test_requests_for_what_it_does_not_have_get_no_answer() -> None:
    unanswered = b"\x10\x04\x09" + b"\x1dIA" + b"\x1dr\x02" + b"\x1d(H\x06\x0010abcd"
    assert answers(a_machine(), unanswered) == b""


def test_at_the_papers_end_data_waits_and_barriers_are_not_answered() -> None:
    machine = a_machine(feeds_left=0)
    assert answers(machine, b"A001\n\x1dV\x00" + ECHO) == b""
    assert (machine.waiting > 0, machine.take_papers()) == (True, [])
    assert answers(machine, b"\x10\x04\x01\x10\x04\x02\x10\x04\x04") == b"\x1a\x32\x7e"


def test_after_a_refill_it_goes_on_where_it_stopped() -> None:
    machine = a_machine(feeds_left=1)
    machine.receive(b"1\n2\n\x1dV\x00" + ECHO)
    machine.faults.feeds_left = None
    machine.go_on()
    assert [paper.lines for paper in machine.take_papers()] == [("1", "2")]
    assert machine.take_answers() == ECHOED


def test_a_power_cycle_forgets_the_job_and_its_echo() -> None:
    machine = a_machine(cover_open=True)
    machine.receive(b"A001\n\x1dV\x00" + ECHO)
    machine.power_cycle()
    machine.faults.cover_open = False
    machine.go_on()
    assert (machine.take_papers(), machine.take_answers()) == ([], b"")


def test_automatic_status_is_told_at_once_and_on_every_change() -> None:
    machine = a_machine()
    assert answers(machine, b"\x1da\xff") == b"\x10\x00\x00\x0f"
    machine.faults.cover_open = True
    machine.go_on()
    machine.go_on()
    assert machine.take_answers() == b"\x38\x00\x00\x0f"


def test_a_silent_printer_prints_and_says_nothing() -> None:
    machine = a_machine(silent=True)
    assert answers(machine, b"A001\n\x1dV\x00" + ECHO) == b""
    assert [paper.text for paper in machine.take_papers()] == ["A001"]


def test_a_clone_may_lack_echo_and_barrier() -> None:
    assert answers(a_machine(no_fn48=True), ECHO + BARRIER) == b"\x00"
    assert answers(a_machine(no_barrier=True), ECHO + BARRIER) == ECHOED


def test_it_counts_commands_that_it_does_not_know() -> None:
    machine = a_machine()
    machine.receive(b"\x1b\x99A\n")
    assert machine.unknown == 1


def test_a_standing_printer_is_full_at_some_point() -> None:
    machine = a_machine(cover_open=True)
    machine.receive(b"x" * BUFFER)
    assert machine.full


def test_what_is_left_on_the_roll_is_torn_off() -> None:
    machine = a_machine()
    machine.receive(b"A001\n")
    machine.tear_off()
    assert [(paper.text, paper.cut) for paper in machine.take_papers()] == [("A001", False)]


@given(st.lists(st.binary(max_size=80)))
def test_no_bytes_can_stop_it(pieces: list[bytes]) -> None:
    machine = a_machine()
    for piece in pieces:
        machine.receive(piece)
    machine.receive(b"\x00" * 300)
    assert not machine.faults.offline
