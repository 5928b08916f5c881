"""Signs on real links: TCP, and a pseudo terminal where the card is serial."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import cast

import pytest

from drivers.led.content import Board, Calling, Paused, Rest
from drivers.led.device import LedSign, Outcome, Receipt
from drivers.led.onbon.codec import Ping, encode
from drivers.led.onbon.twin import OnbonCard
from drivers.led.signs import SignProtocol, SignSettings, dialect_of, sign_at
from drivers.led.simulator import LedSimulator
from drivers.simulator import TcpServer

CALL = Calling("A001", ("请A001号到本窗口",))
PAUSED = Paused(("暂停服务",))
BOARD = Board((("A001", "3号窗口"),), "请保持安静" * 9)
Plug = Callable[[SignProtocol], LedSimulator]


@pytest.fixture
def plugged() -> Iterator[Plug]:
    with ExitStack() as stack:

        def plug(protocol: SignProtocol) -> LedSimulator:
            simulator = LedSimulator("3号窗口", protocol)
            simulator.start()
            stack.callback(simulator.stop)
            return simulator

        yield plug


@pytest.fixture
def card(plugged: Plug) -> LedSimulator:
    return plugged(SignProtocol.ONBON)


@pytest.fixture
def sign(card: LedSimulator) -> Iterator[LedSign]:
    sign = LedSign(card.address, dialect_of(SignSettings()), reply_seconds=0.2)
    yield sign
    sign.close()


@pytest.mark.parametrize(
    "protocol", [SignProtocol.ONBON, SignProtocol.CPOWER_SERIAL, SignProtocol.CPOWER_TCP]
)
@pytest.mark.parametrize("content", [CALL, PAUSED, BOARD, Rest(("1号窗口", "社会保险"))])
def test_the_card_shows_what_was_asked_and_says_so(
    plugged: Plug, protocol: SignProtocol, content: Calling | Paused | Board | Rest
) -> None:
    simulator = plugged(protocol)
    sign = sign_at(simulator.address, SignSettings(protocol=protocol))
    receipt = sign.show(content)
    sign.close()
    assert receipt.outcome is Outcome.ACKNOWLEDGED
    words = content.notice if isinstance(content, Board) else content.lines[0]
    lines = cast("list[str]", simulator.state()["lines"])
    assert words in [line.strip() for line in lines]


@pytest.mark.parametrize("protocol", [SignProtocol.ONBON, SignProtocol.CPOWER_SERIAL])
def test_a_serial_line_carries_it_as_well(
    plugged: Plug, serial_cable: Callable[[str], str], protocol: SignProtocol
) -> None:
    simulator = plugged(protocol)
    port = serial_cable(simulator.address)
    sign = sign_at(f"{port}?baud=57600", SignSettings(protocol=protocol))
    receipt = sign.show(CALL)
    sign.close()
    assert receipt == Receipt(Outcome.ACKNOWLEDGED)
    assert simulator.state()["lines"] == ["请A001号到本窗口"]


def test_of_a_strip_that_never_answers_only_sending_is_claimed(
    plugged: Plug, until: Callable[[Callable[[], bool]], None]
) -> None:
    simulator = plugged(SignProtocol.DIGITS)
    sign = sign_at(simulator.address, SignSettings(protocol=SignProtocol.DIGITS))
    receipt = sign.show(CALL)
    sign.close()
    assert receipt == Receipt(Outcome.SENT, replaced=("A",))
    until(lambda: simulator.state()["lines"] == ["001"])


def test_replaced_characters_come_back_in_the_receipt(sign: LedSign) -> None:
    assert sign.show(Rest(("䶮",))).replaced == ("䶮",)


def test_cut_lines_come_back_in_the_receipt(sign: LedSign) -> None:
    assert sign.show(Board((("不动产登记综合服务窗口",),))).clipped == ("不动产登记综合服务窗口",)


def test_a_sign_that_is_not_there_fails_with_the_reason() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    receipt = sign_at(f"tcp://127.0.0.1:{port}", SignSettings()).show(CALL)
    assert (receipt.outcome, "cannot open" in receipt.reason) == (Outcome.FAILED, True)


def test_silence_is_a_failure(card: LedSimulator, sign: LedSign) -> None:
    card.command("mute")
    assert sign.show(CALL) == Receipt(Outcome.FAILED, "no answer within 0.2 s")


def test_a_damaged_answer_is_asked_for_again(card: LedSimulator, sign: LedSign) -> None:
    card.command("corrupt_reply")
    assert sign.show(CALL).outcome is Outcome.ACKNOWLEDGED


def test_a_card_that_is_busy_for_a_moment_is_asked_again(card: LedSimulator, sign: LedSign) -> None:
    card.command("busy")
    assert sign.show(CALL).outcome is Outcome.ACKNOWLEDGED


def test_a_card_that_stays_busy_fails_with_its_name(card: LedSimulator, sign: LedSign) -> None:
    card.command("busy", count=9)
    assert sign.show(CALL) == Receipt(Outcome.FAILED, "refused by the card: busy")


def test_what_does_not_fit_the_protocol_is_not_tried(sign: LedSign) -> None:
    receipt = sign.show(Rest(("请" * 3000,)))
    assert (receipt.outcome, "more than a card takes" in receipt.reason) == (Outcome.FAILED, True)


def test_only_the_last_desire_is_sent(card: LedSimulator, sign: LedSign) -> None:
    sign.desire(CALL)
    sign.desire(PAUSED)
    sign.keep()
    assert (card.state()["lines"], card.state()["frames"]) == (["    暂停服务"], 1)


def test_keeping_a_sign_that_nobody_uses_asks_whether_it_is_there(sign: LedSign) -> None:
    assert sign.keep() == Receipt(Outcome.ACKNOWLEDGED)


def test_a_strip_that_nobody_uses_has_nothing_to_keep(plugged: Plug) -> None:
    simulator = plugged(SignProtocol.DIGITS)
    assert sign_at(simulator.address, SignSettings(protocol=SignProtocol.DIGITS)).keep() is None


def test_unplugged_in_mid_write_the_current_frame_is_sent_after_replugging(
    card: LedSimulator, sign: LedSign, until: Callable[[Callable[[], bool]], None]
) -> None:
    sign.show(CALL)
    card.command("drop", after_bytes=20)
    card.stop()
    card.command("power_cycle")
    assert sign.show(PAUSED).outcome is Outcome.FAILED
    card.start()
    until(lambda: sign.keep() == Receipt(Outcome.ACKNOWLEDGED))
    assert card.state()["lines"] == ["    暂停服务"]


def test_a_link_cut_in_mid_write_is_made_good_at_once(card: LedSimulator, sign: LedSign) -> None:
    sign.show(CALL)
    card.command("drop", after_bytes=20)
    assert sign.show(PAUSED).outcome is Outcome.ACKNOWLEDGED
    assert card.state()["lines"] == ["    暂停服务"]


def test_a_link_cut_between_two_frames_is_made_good_at_once(
    card: LedSimulator, sign: LedSign
) -> None:
    sign.show(CALL)
    card.command("drop")
    assert sign.show(PAUSED).outcome is Outcome.ACKNOWLEDGED


def test_a_link_cut_in_the_second_frame_from_now(card: LedSimulator, sign: LedSign) -> None:
    card.command("drop", after_bytes=120)
    assert [sign.show(CALL).outcome, sign.show(PAUSED).outcome] == [Outcome.ACKNOWLEDGED] * 2


def test_a_card_that_lost_its_power_shows_the_frame_again(
    card: LedSimulator, sign: LedSign
) -> None:
    sign.show(BOARD)
    card.command("power_cycle")
    assert sign.keep() is not None
    assert "A001" in str(card.state()["lines"])


def test_a_new_layout_removes_the_areas_of_the_old_one(card: LedSimulator, sign: LedSign) -> None:
    sign.show(BOARD)
    sign.show(PAUSED)
    assert card.state()["lines"] == ["    暂停服务"]


def test_a_running_notice_is_not_started_over_by_keeping_it() -> None:
    card, seen = OnbonCard(128, 32), bytearray()

    def serve(link: socket.socket) -> None:
        while data := link.recv(4096):
            seen.extend(data)
            link.sendall(card.receive(data))

    server = TcpServer(serve)
    server.start()
    sign = LedSign(server.address, dialect_of(SignSettings()))
    sign.show(BOARD)
    seen.clear()
    sign.keep()
    sign.close()
    server.stop()
    assert bytes(seen) == encode(Ping())
