import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.interpreter import LONGEST, Command, Parser, Text, Token


def parse(data: bytes) -> list[Token]:
    return Parser().feed(data)


@pytest.mark.parametrize(
    ("data", "code", "args"),
    [
        ("1b40", "1b40", ""),
        ("0a", "0a", ""),
        ("1c26", "1c26", ""),
        ("1d2111", "1d21", "11"),
        ("100401", "1004", "01"),
        ("1b420204", "1b42", "0204"),
        ("1d7630000100020081ff", "1d76", "30000100020081ff"),
        ("1d284806003030616263 64", "1d28", "48060030306162 6364"),
        ("1d384c0400000030700102", "1d38", "4c0400000030700102"),
        ("1d284c020030 32", "1d28", "4c0200 3032"),
        ("1d5600", "1d56", "00"),
        ("1d564200", "1d56", "4200"),
        ("1b2a210100aabbcc", "1b2a", "210100aabbcc"),
        ("1b2a000200aabb", "1b2a", "000200aabb"),
        ("1b44081000", "1b44", "081000"),
        ("1d6b0431323300", "1d6b", "0431323300"),
        ("1d6b490331 3233", "1d6b", "4903313233"),
    ],
)
def test_commands_take_their_own_arguments_and_no_more(data: str, code: str, args: str) -> None:
    tokens = parse(bytes.fromhex(data) + b"A")
    assert tokens == [Command(bytes.fromhex(code), bytes.fromhex(args)), Text(b"A")]


def test_gbk_bytes_are_text() -> None:
    assert parse("A001号".encode("gbk")) == [Text(b"A001\xba\xc5")]


def test_an_unknown_command_has_no_arguments() -> None:
    assert parse(b"\x1b\x99A") == [Command(b"\x1b\x99"), Text(b"A")]


def test_a_length_that_no_printer_could_hold_is_not_believed() -> None:
    tokens = parse(b"\x1dv0\x00\xff\xff\xff\xffA\n")
    assert tokens[-1] == Command(b"\n")


def test_an_endless_list_is_given_up() -> None:
    assert parse(b"\x1bD" + b"\x08" * 300 + b"\n")[-1] == Command(b"\n")


COMMANDS = st.one_of(
    st.just(b"\x1b@"),
    st.just(b"\x1d!\x11"),
    st.just(b"\n"),
    st.just(b"\x1dk\x49\x02AB"),
    st.just(b"\x1dk\x04AB\x00"),
    st.just(b"\x1dVB\x00"),
    st.binary(max_size=40).map(lambda data: b"\x1d(k" + len(data).to_bytes(2, "little") + data),
    st.binary(min_size=4, max_size=4).map(lambda data: b"\x1dv0\x00\x02\x00\x02\x00" + data),
)


@given(st.lists(COMMANDS), st.data())
def test_commands_may_come_in_any_pieces(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    parser = Parser()
    tokens = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        tokens += parser.feed(stream[start:end])
    assert tokens == parse(stream)
    assert len(tokens) == len(parts)


@given(st.lists(st.binary(max_size=64)))
def test_garbage_is_taken_apart_without_loss_or_growth(pieces: list[bytes]) -> None:
    parser = Parser()
    out = b""
    for piece in pieces:
        for token in parser.feed(piece):
            out += token.data if isinstance(token, Text) else token.code + token.args
    assert b"".join(pieces) == out + parser._buffer
    assert len(parser._buffer) <= LONGEST
