import itertools

import pytest

from tests.services.waiting import wait_until


def test_the_first_true_result_ends_the_wait() -> None:
    answers = itertools.count()
    assert wait_until(lambda: next(answers), "a number", pause=0) == 1


def test_waiting_in_vain_ends_and_says_for_what() -> None:
    with pytest.raises(TimeoutError, match="the paper"):
        wait_until(lambda: False, "the paper", seconds=0.05)
