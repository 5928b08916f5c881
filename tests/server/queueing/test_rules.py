import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.queueing.rules import WaitingTicket, next_in_line, ticket_label

tickets = st.builds(
    WaitingTicket,
    ticket_id=st.integers(1),
    queue_id=st.integers(1, 8),
    arrival=st.integers(0),
)


def test_nobody_waits_nobody_is_next() -> None:
    assert next_in_line([]) is None


def test_the_longest_waiting_of_all_queues_is_next() -> None:
    early = WaitingTicket(ticket_id=7, queue_id=2, arrival=7)
    late = WaitingTicket(ticket_id=9, queue_id=1, arrival=9)
    assert next_in_line([late, early]) is early


@given(st.lists(tickets, min_size=1))
def test_no_ticket_that_arrived_earlier_is_passed_over(waiting: list[WaitingTicket]) -> None:
    chosen = next_in_line(waiting)
    assert chosen in waiting
    assert all(chosen.arrival <= ticket.arrival for ticket in waiting if chosen)


@pytest.mark.parametrize(
    ("number", "width", "label"),
    [(1, 3, "A001"), (42, 3, "A042"), (999, 3, "A999"), (1000, 3, "A1000"), (7, 4, "A0007")],
)
def test_a_number_is_printed_with_its_prefix_and_grows_when_it_must(
    number: int, width: int, label: str
) -> None:
    assert ticket_label("A", number, width) == label
