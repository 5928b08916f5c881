"""A printer job's bytes into the papers that a printer would put out."""

from drivers.escpos.execution import execute
from drivers.escpos.interpreter import Parser
from drivers.escpos.paper import Paper, Roll
from drivers.escpos.pen import Pen


def render(data: bytes, width_dots: int) -> list[Paper]:
    """The papers a job makes on a roll `width_dots` wide, the last one even if it was not cut."""
    roll = Roll(width_dots)
    pen = Pen(roll)
    for token in Parser().feed(data):
        execute(pen, token)
    pen.end_line()
    if roll.fed:
        roll.take_off(cut=False)
    return roll.papers
