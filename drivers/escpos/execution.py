"""What each printer command does to the pen and the roll."""

from collections.abc import Callable

from drivers.escpos.dots import column_image, qr_symbol, raster_image, stored_graphics
from drivers.escpos.interpreter import Text, Token
from drivers.escpos.pen import CHINESE, DEFAULT_SPACING, ONE_BYTE, UTF8, Pen

BLADE_FEED = 48  # dots that GS V, function B, feeds on top of its own n

Action = Callable[[Pen, bytes], None]

_QR_LEVELS = "lmqh"  # GS ( k fn 69: 48 to 51


def execute(pen: Pen, token: Token) -> bool:
    """Do what one token says; False for a command that this printer does not know."""
    if isinstance(token, Text):
        pen.write(token.data)
        return True
    action = _ACTIONS.get(token.code)
    if action is not None:
        action(pen, token.args)
    return action is not None or token.code in _TRACELESS


def _mode(name: str, allowed: int) -> Action:
    """A command whose argument is the mode's value, as a number or as an ASCII digit."""

    def set_mode(pen: Pen, args: bytes) -> None:
        setattr(pen.modes, name, args[0] & allowed)

    return set_mode


def _dots(name: str) -> Action:
    """A command whose two bytes are a distance in dots."""

    def set_distance(pen: Pen, args: bytes) -> None:
        setattr(pen.modes, name, min(int.from_bytes(args, "little"), pen.roll.width))

    return set_distance


def _size(pen: Pen, args: bytes) -> None:
    pen.modes.width, pen.modes.height = (args[0] >> 4 & 7) + 1, (args[0] & 7) + 1


def _print_mode(pen: Pen, args: bytes) -> None:
    """ESC !: b3 bold, b4 double height, b5 double width, b7 underline."""
    pen.modes.bold = args[0] >> 3 & 1
    pen.modes.height, pen.modes.width = (args[0] >> 4 & 1) + 1, (args[0] >> 5 & 1) + 1
    pen.modes.underline = args[0] >> 7


def _kanji_mode(pen: Pen, args: bytes) -> None:
    """FS !: b2 double width, b3 double height, b7 underline."""
    pen.modes.width, pen.modes.height = (args[0] >> 2 & 1) + 1, (args[0] >> 3 & 1) + 1
    pen.modes.kanji_underline = args[0] >> 7


def _default_spacing(pen: Pen, _: bytes) -> None:
    pen.modes.spacing = DEFAULT_SPACING


def _spacing(pen: Pen, args: bytes) -> None:
    pen.modes.spacing = args[0]


def _absolute(pen: Pen, args: bytes) -> None:
    pen.at = min(int.from_bytes(args, "little"), pen.modes.area)


def _relative(pen: Pen, args: bytes) -> None:
    moved = pen.at + int.from_bytes(args, "little", signed=True)
    pen.at = min(max(moved, 0), pen.modes.area)


def _feed_lines(pen: Pen, args: bytes) -> None:
    pen.end_line()
    pen.roll.feed(args[0] * pen.modes.spacing)


def _feed_dots(pen: Pen, args: bytes) -> None:
    pen.end_line()
    pen.roll.feed(args[0])


def _cut(pen: Pen, args: bytes) -> None:
    """GS V m [n]: with n it is function B, which feeds to the blade first."""
    pen.end_line()
    pen.roll.feed(sum(BLADE_FEED + n for n in args[1:]))
    pen.roll.take_off(cut=True)


def _gs_parenthesis(pen: Pen, args: bytes) -> None:
    letter, payload = args[:1], args[3:]
    if letter == b"L":
        _graphics(pen, payload)
    elif letter == b"k":
        _symbol(pen, payload)


def _graphics(pen: Pen, payload: bytes) -> None:
    """GS ( L: m fn …; fn 112 stores an image, fn 50 prints it."""
    if payload[1:2] == b"p":
        pen.modes.graphics = stored_graphics(payload)
    elif payload[1:2] in (b"\x02", b"2") and pen.modes.graphics is not None:
        pen.print(pen.modes.graphics)


def _symbol(pen: Pen, payload: bytes) -> None:
    """GS ( k: '1' fn …; module size, error level, data, print."""
    function, data = payload[:2], payload[2:]
    if function == b"1C":
        pen.modes.qr_module = int.from_bytes(data[:1])
    elif function == b"1E":
        pen.modes.qr_level = _QR_LEVELS[int.from_bytes(data[:1]) & 3]
    elif function == b"1P":
        pen.modes.qr_data = data[1:]
    elif function == b"1Q":
        pen.print(qr_symbol(pen.modes.qr_data, pen.modes.qr_module, pen.modes.qr_level))


def _fs_parenthesis(pen: Pen, args: bytes) -> None:
    """FS ( C fn 48: one-byte or UTF-8 text."""
    if args[:1] == b"C" and args[3:4] == b"0":
        pen.set_encoding(UTF8 if args[4:5] in (b"\x02", b"2") else ONE_BYTE)


_ACTIONS: dict[bytes, Action] = {
    b"\n": lambda pen, _: pen.line_feed(),
    b"\x1b@": lambda pen, _: pen.reset(),
    b"\x1ba": _mode("align", 3),
    b"\x1bE": _mode("bold", 1),
    b"\x1bG": _mode("bold", 1),
    b"\x1b-": _mode("underline", 3),
    b"\x1c-": _mode("kanji_underline", 3),
    b"\x1dB": _mode("inverse", 1),
    b"\x1dL": _dots("margin"),
    b"\x1dW": _dots("area"),
    b"\x1d!": _size,
    b"\x1b!": _print_mode,
    b"\x1c!": _kanji_mode,
    b"\x1c&": lambda pen, _: pen.set_encoding(CHINESE),
    b"\x1c.": lambda pen, _: pen.set_encoding(ONE_BYTE),
    b"\x1c(": _fs_parenthesis,
    b"\x1b2": _default_spacing,
    b"\x1b3": _spacing,
    b"\x1b$": _absolute,
    b"\x1b\\": _relative,
    b"\x1bd": _feed_lines,
    b"\x1bJ": _feed_dots,
    b"\x1dv": lambda pen, args: pen.print(raster_image(args)),
    b"\x1b*": lambda pen, args: pen.place(column_image(args)),
    b"\x1d(": _gs_parenthesis,
    b"\x1d8": lambda pen, args: _graphics(pen, args[5:]),
    b"\x1dV": _cut,
}

# Known, but nothing to see on paper: NUL, carriage return, fonts and code pages of other countries,
# character spacing, buzzer, drawer, panel buttons, status requests.
_TRACELESS = frozenset(
    lead + bytes([letter])
    for lead, letters in (
        (b"", b"\0\r"),
        (b"\x10", b"\x04\x05\x14"),
        (b"\x1b", b" BMRcpt{"),
        (b"\x1c", b"CS"),
        (b"\x1d", b"Iar"),
    )
    for letter in letters
)
