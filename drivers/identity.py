"""What a device says it is, and how a SIMULATED one gives itself away on its own wire."""

from collections.abc import Callable

from drivers.transport import TransportError

Identify = Callable[[], str]
"""Asks a device who it is; '' while that is not known."""

MARK = "SIMULAT"
PATIENCE = 3


def is_simulated(identity: str) -> bool:
    """Whether a device said that it is none."""
    return MARK in identity.upper()


def nothing_known() -> str:
    """For wires on which a device cannot say who it is."""
    return ""


class Asking:
    """Asks a device over the wire, a few times: many never answer, and each silence takes time."""

    def __init__(self, ask: Identify) -> None:
        self._ask = ask
        self._left = PATIENCE

    def __call__(self) -> str:
        """Its answer; '' when it gives none or is away."""
        if self._left == 0:
            return ""
        try:
            identity = self._ask()
        except TransportError:
            return ""
        self._left -= 1
        return identity
