import pytest

from drivers.led.content import Board, Calling, Paused, Rest, content_from


def test_a_call_carries_number_and_sentence() -> None:
    message = {"show": "calling", "number": "A001", "lines": ["请A001号到本窗口"]}
    assert content_from(message) == Calling("A001", ("请A001号到本窗口",))


def test_a_counter_at_rest() -> None:
    assert content_from({"show": "rest", "lines": ["3号窗口"]}) == Rest(("3号窗口",))


def test_a_paused_counter() -> None:
    assert content_from({"show": "paused", "lines": ["暂停服务"]}) == Paused(("暂停服务",))


def test_a_board_with_its_notice() -> None:
    message = {"show": "board", "rows": [["A001", "3号窗口"]], "notice": "请保持安静"}
    assert content_from(message) == Board((("A001", "3号窗口"),), "请保持安静")


def test_a_board_needs_no_notice() -> None:
    assert content_from({"show": "board", "rows": []}) == Board(())


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"show": "weather", "lines": []},
        {"show": "calling", "lines": ["请A001号到本窗口"]},
        {"show": "calling", "number": 1, "lines": []},
        {"show": "rest", "lines": "3号窗口"},
        {"show": "rest", "lines": [3]},
        {"show": "board", "rows": [["A001"]], "notice": 5},
        {"show": "board", "rows": [5]},
    ],
)
def test_a_message_nobody_can_show_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not"):
        content_from(message)
