from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.errors import UnfitNameError, UnfitPinError
from drivers.zkteco.users import (
    LARGE,
    SMALL,
    Privilege,
    UserLayout,
    UserListError,
    decode_user,
    decode_users,
    new_user,
    with_enabled,
    with_name,
)

LAYOUTS = [SMALL, LARGE]


def listed(records: Sequence[bytes]) -> bytes:
    body = b"".join(records)
    return len(body).to_bytes(4, "little") + body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_new_user_is_read_back_as_written(layout: UserLayout) -> None:
    [user] = decode_users(listed([new_user(layout, 7, "10023", "王小明", "gbk")]), 1, "gbk")
    assert (user.uid, user.pin, user.name, user.privilege) == (7, "10023", "王小明", Privilege.USER)
    assert user.enabled
    assert not user.has_password


def test_the_layout_follows_from_the_count() -> None:
    # 504 bytes are 18 small records or 7 large ones.
    assert len(decode_users(listed([new_user(LARGE, 1, "1", "甲", "gbk")] * 7), 7, "gbk")) == 7
    assert len(decode_users(listed([new_user(SMALL, 1, "1", "甲", "gbk")] * 18), 18, "gbk")) == 18


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_new_name_leaves_everything_else_as_it_was(layout: UserLayout) -> None:
    before = bytes(range(1, layout.size + 1))
    after = with_name(before, layout, "李", "gbk")
    assert after[: layout.name.start] == before[: layout.name.start]
    assert after[layout.name.stop :] == before[layout.name.stop :]


def test_a_disabled_manager_stays_a_manager() -> None:
    raw = bytes([7, 0, Privilege.MANAGER]) + bytes(69)
    user = decode_user(LARGE, with_enabled(raw, enabled=False), "gbk")
    assert (user.privilege, user.enabled) == (Privilege.MANAGER, False)


def test_enabling_undoes_disabling() -> None:
    raw = new_user(SMALL, 7, "5", "甲", "gbk")
    assert with_enabled(with_enabled(raw, enabled=False), enabled=True) == raw


@pytest.mark.parametrize(("layout", "characters"), [(SMALL, 4), (LARGE, 12)])
def test_a_name_is_never_cut_short(layout: UserLayout, characters: int) -> None:
    raw = new_user(layout, 1, "1", "王" * characters, "gbk")
    with pytest.raises(UnfitNameError, match="room for"):
        with_name(raw, layout, "王" * (characters + 1), "gbk")


def test_a_character_that_the_terminal_lacks_is_named() -> None:
    with pytest.raises(UnfitNameError, match="gbk has no character for '𠮷'"):
        new_user(LARGE, 1, "1", "𠮷田", "gbk")


@pytest.mark.parametrize(
    ("layout", "pin"), [(SMALL, "A1"), (SMALL, "007"), (SMALL, "4294967296"), (LARGE, "1" * 24)]
)
def test_a_pin_without_room_is_refused(layout: UserLayout, pin: str) -> None:
    with pytest.raises(UnfitPinError):
        new_user(layout, 1, pin, "甲", "gbk")


def test_a_pin_is_digits_and_letters() -> None:
    with pytest.raises(UnfitPinError, match="not made of digits"):
        new_user(LARGE, 1, "1\t2", "甲", "gbk")


def test_a_name_in_another_character_set_stays_visible() -> None:
    raw = with_name(new_user(LARGE, 1, "1", "甲", "gbk"), LARGE, "王", "gbk")
    assert decode_user(LARGE, raw, "utf-8").name == r"\xcd\xf5"


def test_nobody_enrolled_is_an_empty_list() -> None:
    assert decode_users(bytes(4), 0, "gbk") == []


@pytest.mark.parametrize(
    ("raw", "count"), [(b"", 0), (b"\x05\0\0\0abc", 1), (listed([b"x" * 30]), 1)]
)
def test_a_list_that_does_not_agree_with_itself_is_refused(raw: bytes, count: int) -> None:
    with pytest.raises(UserListError):
        decode_users(raw, count, "gbk")


@given(st.sampled_from(LAYOUTS), st.binary(min_size=72, max_size=72))
def test_no_bytes_make_decoding_fail(layout: UserLayout, raw: bytes) -> None:
    assert decode_user(layout, raw[: layout.size], "gbk").raw == raw[: layout.size]
