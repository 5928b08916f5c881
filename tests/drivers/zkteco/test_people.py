from collections.abc import Callable

import pytest

from drivers.zkteco.errors import (
    NotKeptError,
    PinMovedError,
    PinTakenError,
    UnfitNameError,
    UnknownUserError,
    UserListRejectedError,
)
from drivers.zkteco.people import create_user, delete_user, enable_user, list_users, rename_user
from drivers.zkteco.simulated.memory import Generation
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal, Wire

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]
BOTH = pytest.mark.parametrize(
    ("generation", "wire"), [(Generation.TEXT_40, Wire.TCP), (Generation.NUMBER_16, Wire.UDP)]
)


def test_a_new_terminal_has_nobody(start: Start, reach: Reach) -> None:
    assert list_users(reach(start())) == []


@BOTH
def test_who_was_created_is_listed(
    start: Start, reach: Reach, generation: Generation, wire: Wire
) -> None:
    terminal = reach(start(generation=generation), wire=wire)
    created = create_user(terminal, "10023", "王小明")
    assert list_users(terminal) == [created]
    assert (created.uid, created.pin, created.name, created.enabled) == (1, "10023", "王小明", True)


def test_the_first_free_index_is_taken(start: Start, reach: Reach) -> None:
    simulated = start()
    for uid in (1, 3):
        simulated.command("enrol", pin=f"10{uid}", uid=uid)
    assert create_user(reach(simulated), "10023", "甲").uid == 2


def test_names_are_written_in_the_terminals_character_set(start: Start, reach: Reach) -> None:
    simulated = start()
    create_user(reach(simulated, encoding="utf-8"), "10023", "王")
    assert "王".encode() in simulated.memory.users[1]


def test_a_pin_is_given_once(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    with pytest.raises(PinTakenError):
        create_user(reach(simulated), "10023", "甲")


def test_created_again_under_the_same_name_they_stay_as_they_are(
    start: Start, reach: Reach
) -> None:
    terminal = reach(start())
    created = create_user(terminal, "10023", "甲")
    assert (create_user(terminal, "10023", "甲"), list_users(terminal)) == (created, [created])


def test_a_name_is_changed_and_nothing_else(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023", full_name="甲")
    record = bytearray(simulated.memory.users[1])
    record[2], record[3:7], record[40] = 6, b"8888", 9  # a manager with a password and a group
    simulated.memory.users[1] = bytes(record)
    user = rename_user(reach(simulated), 1, "10023", "乙")
    assert (user.name, user.privilege, user.has_password) == ("乙", 6, True)
    assert simulated.memory.users[1][35:] == bytes(record[35:])


def test_a_name_that_does_not_fit_changes_nothing(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023", full_name="甲")
    before = dict(simulated.memory.users)
    with pytest.raises(UnfitNameError):
        rename_user(reach(simulated), 1, "10023", "王" * 13)
    assert simulated.memory.users == before


def test_somebody_may_be_barred_and_let_in_again(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    terminal = reach(simulated)
    assert not enable_user(terminal, 1, "10023", enabled=False).enabled
    assert enable_user(terminal, 1, "10023", enabled=True).enabled


@BOTH
def test_who_was_deleted_is_gone(
    start: Start, reach: Reach, generation: Generation, wire: Wire
) -> None:
    simulated = start(generation=generation)
    simulated.command("enrol", pin="10023")
    simulated.command("enrol", pin="10024")
    delete_user(reach(simulated, wire=wire), "10023", 1)
    assert list(simulated.memory.users) == [2]


def test_deleting_twice_is_deleting(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    terminal = reach(simulated)
    delete_user(terminal, "10023")
    delete_user(terminal, "10023")
    assert simulated.memory.users == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda terminal: rename_user(terminal, 1, "10023", "乙"),
        lambda terminal: enable_user(terminal, 1, "10023", enabled=False),
        lambda terminal: delete_user(terminal, "10023", 1),
    ],
    ids=["rename", "bar", "delete"],
)
def test_an_index_that_was_given_to_another_is_left_alone(
    start: Start, reach: Reach, change: Callable[[Terminal], object]
) -> None:
    simulated = start()
    simulated.command("enrol", pin="10024", full_name="甲")
    before = dict(simulated.memory.users)
    with pytest.raises(PinMovedError, match="another number"):
        change(reach(simulated))
    assert simulated.memory.users == before


def test_who_is_meant_by_number_alone_is_deleted_whatever_the_index(
    start: Start, reach: Reach
) -> None:
    simulated = start()
    for uid, pin in ((1, "10024"), (5, "10023")):
        simulated.command("enrol", pin=pin, uid=uid)
    delete_user(reach(simulated), "10023")
    assert list(simulated.memory.users) == [1]


def test_an_unknown_index_cannot_be_renamed(start: Start, reach: Reach) -> None:
    with pytest.raises(UnknownUserError):
        rename_user(reach(start()), 7, "10023", "甲")


def test_a_terminal_that_only_says_yes_is_found_out(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023", full_name="甲")
    simulated.command("pretend", at=8)
    with pytest.raises(NotKeptError):
        rename_user(reach(simulated), 1, "10023", "乙")
    simulated.command("pretend", at=18)
    with pytest.raises(NotKeptError):
        delete_user(reach(simulated), "10023", 1)


def test_a_list_with_a_piece_missing_is_refused(start: Start, reach: Reach) -> None:
    simulated = start()
    for number in range(60):
        simulated.command("enrol", pin=str(10_000 + number))
    simulated.command("lose_datagram", index=1)
    with pytest.raises(UserListRejectedError):
        list_users(reach(simulated, wire=Wire.UDP))
