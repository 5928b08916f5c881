from concurrent.futures import ThreadPoolExecutor

from server.turns import Turns
from tests.services.waiting import wait_until

PATIENCE = 5.0


def waiting(turns: Turns) -> int:
    """How many wait."""
    return len(turns._waiting)


def test_turns_are_given_in_the_order_of_asking() -> None:
    turns = Turns()
    served: list[int] = []

    def ask(number: int) -> None:
        assert turns.acquire(PATIENCE)
        served.append(number)
        turns.release()

    assert turns.acquire(PATIENCE)
    with ThreadPoolExecutor(5) as threads:
        for number in range(5):
            threads.submit(ask, number)
            wait_until(lambda: waiting(turns) == number + 1, "the next one")  # noqa: B023
        turns.release()
    assert served == [0, 1, 2, 3, 4]


def test_one_who_comes_while_others_wait_is_not_served_first() -> None:
    turns = Turns()
    assert turns.acquire(PATIENCE)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(turns.acquire, PATIENCE)
        wait_until(lambda: waiting(turns) == 1, "the one who waits")
        turns.release()
        assert not turns.acquire(0.0)
        assert first.result()


def test_one_who_gave_up_is_not_called() -> None:
    turns = Turns()
    assert turns.acquire(PATIENCE)
    assert not turns.acquire(0.01)
    turns.release()
    assert turns.acquire(0.0)


def test_there_is_one_holder_at_a_time() -> None:
    turns = Turns()
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        for _ in range(100):
            assert turns.acquire(PATIENCE)
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)
            turns.release()

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(work, number) for number in range(8)]:
            done.result()
    assert set(most) == {1}
