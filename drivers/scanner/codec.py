"""Lines of a scanner: text that ends in CR or LF, 9600 8N1 unless set otherwise."""

LONGEST = 512
"""Bytes of the longest code that a hall has any use for."""

_ENDS = b"\r\n"


class Decoder:
    """Cuts what arrives into lines. A line that grows too long is passed over to its end."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False
        self.rejected = 0
        """Lines that were too long so far."""

    def reset(self) -> None:
        """Forget half a line: the scanner has been silent since."""
        self._line.clear()
        self._too_long = False

    def feed(self, data: bytes) -> list[str]:
        """Take bytes as they arrive; return the lines they complete, without empty ones."""
        lines: list[str] = []
        for byte in data:
            if byte in _ENDS:
                lines += self._end()
            elif len(self._line) == LONGEST:
                self._too_long = True
            else:
                self._line.append(byte)
        return lines

    def _end(self) -> list[str]:
        line, too_long = bytes(self._line), self._too_long
        self.reset()
        if too_long:
            self.rejected += 1
            return []
        text = _text(line)
        return [text] if text else []


def _text(line: bytes) -> str:
    """Scanners send what the code holds: UTF-8 as a rule, GB 18030 from older printers of codes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "".join(character for character in text if character.isprintable()).strip()
    return ""
