"""What the hall wants a sign to show. Every word comes from the server; none is invented here."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rest:
    """A counter that serves nobody at the moment; `lines` name the counter."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calling:
    """A counter that calls `number`; `lines` are the whole sentence, as 请A001号到本窗口."""

    number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paused:
    """A counter that is closed for now; `lines` say so, as 暂停服务."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A hall board: `rows` of cells, the newest call first, above one `notice` ('' for none)."""

    rows: tuple[tuple[str, ...], ...]
    notice: str = ""


SignContent = Rest | Calling | Paused | Board


def content_from(message: Mapping[str, object]) -> SignContent:
    """Read the server's message, e.g. `{"show": "calling", "number": "A001", "lines": [...]}`.

    `show` is rest, calling, paused or board. Raises ValueError when a part is missing or odd.
    """
    match message:
        case {"show": "rest", "lines": lines}:
            return Rest(_texts(lines))
        case {"show": "calling", "number": str(number), "lines": lines}:
            return Calling(number, _texts(lines))
        case {"show": "paused", "lines": lines}:
            return Paused(_texts(lines))
        case {"show": "board", "rows": list(rows), **others}:
            notice = others.get("notice", "")
            if isinstance(notice, str):
                return Board(tuple(_texts(row) for row in rows), notice)
    raise ValueError(f"not something a sign can show: {dict(message)!r}")


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise ValueError(f"not a list of texts: {values!r}")  # noqa: TRY004 - a bad message
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(values):
        raise ValueError(f"not a list of texts: {values!r}")
    return tuple(texts)
