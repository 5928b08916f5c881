"""Draws SIMULATED call panels and rating pads: lit digits, and a lamp that asks for a rating."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

PANEL = (260, 96)
PAD = (260, 40)
GAP = 8
CASE, GLASS = (58, 64, 72), (24, 10, 10)
LIT, UNLIT = (255, 58, 40), (52, 20, 18)
LAMP_ON, LAMP_OFF = (90, 220, 120), (44, 56, 48)
DIGIT = (24, 46)
BAR = 5
DIGITS = 3

# Which of the seven bars a digit lights: top, upper left, upper right, middle, lower left,
# lower right, bottom.
BARS = {
    "0": "1110111",
    "1": "0010010",
    "2": "1011101",
    "3": "1011011",
    "4": "0111010",
    "5": "1101011",
    "6": "1101111",
    "7": "1010010",
    "8": "1111111",
    "9": "1111011",
    " ": "0000000",
}


def draw_bus(panels: Sequence[tuple[str, str]], pads: Sequence[bool]) -> bytes:
    """PNG of panels, each (ticket, waiting) as shown, and of pads, each asking for a rating or not.

    A panel shows the ticket on the left and how many wait on the right.
    """
    height = len(panels) * (PANEL[1] + GAP) + len(pads) * (PAD[1] + GAP) + GAP
    image = Image.new("RGB", (PANEL[0] + 2 * GAP, height), (235, 238, 242))
    pen = ImageDraw.Draw(image)
    top = GAP
    for ticket, waiting in panels:
        pen.rounded_rectangle((GAP, top, GAP + PANEL[0], top + PANEL[1]), 10, CASE)
        _digits(pen, 24, top + 18, ticket)
        _digits(pen, 156, top + 18, waiting)
        top += PANEL[1] + GAP
    for asking in pads:
        pen.rounded_rectangle((GAP, top, GAP + PAD[0], top + PAD[1]), 10, CASE)
        for lamp in range(5):
            left = 34 + lamp * 46
            box = (left, top + 10, left + 20, top + 30)
            pen.ellipse(box, LAMP_ON if asking else LAMP_OFF)
        top += PAD[1] + GAP
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _digits(pen: ImageDraw.ImageDraw, left: int, top: int, text: str) -> None:
    width = DIGITS * (DIGIT[0] + 8) + 8
    pen.rectangle((left - 8, top - 8, left - 8 + width, top + DIGIT[1] + 14), GLASS)
    for place, character in enumerate(text.rjust(DIGITS)[:DIGITS]):
        _digit(pen, left + place * (DIGIT[0] + 8), top, character)


def _digit(pen: ImageDraw.ImageDraw, left: int, top: int, character: str) -> None:
    width, height = DIGIT
    middle, right, bottom = top + height // 2, left + width - BAR, top + height
    upright = height // 2 - BAR
    places = (
        (left + BAR, top, right, top + BAR),
        (left, top + BAR, left + BAR, top + BAR + upright),
        (right, top + BAR, right + BAR, top + BAR + upright),
        (left + BAR, middle, right, middle + BAR),
        (left, middle + BAR, left + BAR, middle + BAR + upright),
        (right, middle + BAR, right + BAR, middle + BAR + upright),
        (left + BAR, bottom, right, bottom + BAR),
    )
    for place, lit in zip(places, BARS[character], strict=True):
        pen.rectangle(place, LIT if lit == "1" else UNLIT)
