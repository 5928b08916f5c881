"""A scanner as the hall wants it: the texts that were scanned."""

from drivers.scanner.codec import Decoder
from drivers.transport import Transport, TransportError, open_transport

READ_BYTES = 512
IDLE_SECONDS = 0.2
"""A scanner sends a code in one go; what comes after such a silence begins anew."""

GREETING = "SIMULATED "
"""What a simulated scanner sends first; no code of a hall begins so."""


class Scanner:
    """One scanner at a transport URL. The thread that owns it turns `poll`."""

    def __init__(self, url: str) -> None:
        self.identity = ""
        """What the scanner says of itself; real ones say nothing."""
        self._url = url
        self._link: Transport | None = None
        self._decoder = Decoder()

    @property
    def rejected(self) -> int:
        """Lines that were too long so far."""
        return self._decoder.rejected

    def poll(self) -> list[str]:
        """What was scanned since the last call; waits at most for a short silence.

        Raises TransportError when the scanner cannot be reached.
        """
        try:
            data = self._open().read(READ_BYTES)
        except TransportError:
            self.close()
            raise
        if not data:
            self._decoder.reset()
        lines = self._decoder.feed(data)
        self.identity = next((line for line in lines if line.startswith(GREETING)), self.identity)
        return [line for line in lines if not line.startswith(GREETING)]

    def close(self) -> None:
        """Let go of the line; the next call opens it again."""
        if self._link is not None:
            self._link.close()
            self._link = None
        self._decoder.reset()

    def _open(self) -> Transport:
        if self._link is None:
            self._link = open_transport(self._url, timeout=IDLE_SECONDS)
        return self._link
