import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.panel.keys import DIGITS_LIMIT, DIGITS_SECONDS, Action, Keypad, Press


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (0x0B, Action.EVALUATE),
        (0x0C, Action.NEXT),
        (0x0D, Action.RECALL),
        (0x0E, Action.CANCEL),
        (0x12, Action.PAUSE),
        (0x13, Action.TRANSFER),
    ],
)
def test_keys_that_act_alone(code: int, action: Action) -> None:
    assert Keypad().take(bytes([code]), now=0) == Press(action)


@pytest.mark.parametrize(
    ("digit", "action"), [(0x06, Action.NO_SHOW), (0x00, Action.HOLD), (0x03, Action.RETURN)]
)
def test_words_on_digits_need_the_confirm_key(digit: int, action: Action) -> None:
    assert Keypad().take(bytes([digit, 0x0F]), now=0) == Press(action)


@pytest.mark.parametrize("codes", [b"\x0f", b"\x05\x0f", b"\x05", b"", b"\x20"])
def test_keys_that_mean_nothing_yet(codes: bytes) -> None:
    assert Keypad().take(codes, now=0) is None


def test_digits_before_a_key_come_with_it() -> None:
    assert Keypad().take(b"\x01\x02\x13", now=0) == Press(Action.TRANSFER, "12")


def test_keys_may_come_one_by_one() -> None:
    keypad = Keypad()
    keypad.take(b"\x06", now=0)
    assert keypad.take(b"\x0f", now=1) == Press(Action.NO_SHOW)


def test_digits_are_used_once() -> None:
    keypad = Keypad()
    keypad.take(b"\x05\x0c", now=0)
    assert keypad.take(b"\x0c", now=1) == Press(Action.NEXT)


def test_a_digit_left_behind_is_forgotten() -> None:
    keypad = Keypad()
    keypad.take(b"\x06", now=0)
    assert keypad.take(b"\x0f", now=DIGITS_SECONDS + 1) is None


@given(st.lists(st.binary(max_size=30)))
def test_any_keys_are_survived_and_digits_stay_few(frames: list[bytes]) -> None:
    keypad = Keypad()
    for codes in frames:
        press = keypad.take(codes, now=0)
        assert press is None or len(press.digits) <= DIGITS_LIMIT
