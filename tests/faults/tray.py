"""The tray of a simulated printer: every paper that came out, and whose ticket each one is."""

import re
import threading
from collections import Counter

from drivers.escpos.paper import Paper
from drivers.escpos.simulator import PrinterSimulator

POLL_SECONDS = 0.02
LABEL = re.compile(r"[A-Z]\d{3,}")


class Tray:
    """Collects papers for the length of a `with` block; the simulator keeps only its last ones."""

    def __init__(self, printer: PrinterSimulator) -> None:
        self.papers: list[Paper] = []
        self._printer = printer
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._collect)

    def __enter__(self) -> "Tray":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def labels(self) -> Counter[str]:
        """How many whole papers each ticket's label is on, in the order in which they came out.

        A paper that ended without its cut was torn off in the middle and is nobody's ticket; one
        without text is the rest of such a paper.
        """
        whole = [paper for paper in [*self.papers] if paper.cut and paper.lines]
        return Counter(label_of(paper) for paper in whole)

    def _collect(self) -> None:
        last: Paper | None = None
        while not self._ended.wait(POLL_SECONDS):
            kept = self._printer.papers()
            known = next((n for n, paper in enumerate(kept, 1) if paper is last), 0)
            self.papers.extend(kept[known:])
            last = kept[-1] if kept else None


def label_of(paper: Paper) -> str:
    """The label printed on a ticket's paper."""
    return next(line.strip() for line in paper.lines if LABEL.fullmatch(line.strip()))
