"""Charts as paths of SVG: numbers in, drawing instructions out."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 960
HEIGHT = 220


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series as a line, and as the area beneath it, in a box of WIDTH × HEIGHT."""

    line: str
    area: str


def draw(values: Sequence[int], highest: int) -> Drawn:
    """Draw a series from the left to the right edge; `highest` is at the top."""
    last = max(1, len(values) - 1)
    scale = HEIGHT / max(1, highest)
    points = [
        f"{at * WIDTH / last:.1f} {HEIGHT - value * scale:.1f}" for at, value in enumerate(values)
    ]
    line = "M" + " L".join(points) if points else ""
    return Drawn(line=line, area=f"{line} V{HEIGHT} H0 Z" if points else "")
