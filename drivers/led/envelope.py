"""Frames between a start and an end byte, with both escaped inside, as most LED cards use them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """How one protocol wraps a frame.

    `escapes` maps each byte that may not appear inside to the two bytes sent in its place; start
    and end byte are among them. A frame's inside may take up to `limit` bytes on the wire.
    """

    start: int
    end: int
    escapes: Mapping[int, bytes]
    start_count: int = 1
    limit: int = 8192

    def wrap(self, inside: bytes) -> bytes:
        """The bytes to send for one frame."""
        escaped = b"".join(self.escapes.get(byte, bytes([byte])) for byte in inside)
        return bytes([self.start]) * self.start_count + escaped + bytes([self.end])


class Unwrapper:
    """Finds frames in a stream of any bytes; what lies between them is skipped.

    A start byte always begins a new frame, so a damaged frame costs only itself.
    """

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope
        self._originals = {pair: byte for byte, pair in envelope.escapes.items()}
        self._escape_leads = frozenset(pair[0] for pair in envelope.escapes.values())
        self._inside: bytearray | None = None
        self.rejected = 0
        """Frames that were cut short, too long or wrongly escaped so far."""

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes as they arrive; return the unescaped inside of each frame they complete."""
        found: list[bytes] = []
        for byte in data:
            if byte == self._envelope.start:
                self._begin()
            elif self._inside is None:
                continue
            elif byte == self._envelope.end:
                found.extend(self._finish(self._inside))
            elif len(self._inside) == self._envelope.limit:
                self._inside = None
                self.rejected += 1
            else:
                self._inside.append(byte)
        return found

    def _begin(self) -> None:
        if self._inside:
            self.rejected += 1
        self._inside = bytearray()

    def _finish(self, inside: bytearray) -> list[bytes]:
        self._inside = None
        plain = self._unescape(bytes(inside))
        if plain is None:
            self.rejected += 1
            return []
        return [plain]

    def _unescape(self, escaped: bytes) -> bytes | None:
        plain = bytearray()
        position = 0
        while position < len(escaped):
            if escaped[position] in self._escape_leads:
                original = self._originals.get(escaped[position : position + 2])
                if original is None:
                    return None
                plain.append(original)
                position += 2
            else:
                plain.append(escaped[position])
                position += 1
        return bytes(plain)
