"""Receipt markup: the small XML that a ticket template renders to, read into blocks.

    <receipt>
      <logo/>
      <line align="center" size="2" bold="yes">A001号</line>   size="2" or "1x2" (width x height)
      <pair left="取号时间" right="09:31"/>
      <row><cell share="2">材料</cell><cell align="right">份数</cell></row>
      <rule mark="="/>
      <qr size="6">https://…</qr>
      <feed lines="2"/>
      <cut partial="no"/>
    </receipt>

`line`, `pair` and `row` take size, bold and underline; `line`, `cell`, `qr` and `logo` take align.
Runs of spaces and line breaks in text count as one space, so a template may be indented freely.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from drivers.escpos.blocks import (
    Align,
    Block,
    Cell,
    Cut,
    Feed,
    Line,
    Logo,
    Pair,
    Qr,
    Row,
    Rule,
    Style,
)

MAX_QR_MODULE = 16  # dots; the limit of GS ( k fn 67
MAX_QR_BYTES = 500
MAX_FEED = 20
MAX_SHARE = 12

T = TypeVar("T")

_BLANKS = re.compile(r"[ \t\r\n]+")
_SIZE = re.compile(r"([1-8])(?:x([1-8]))?")  # GS ! n scales by 1 to 8
_FLAGS = {"yes": True, "no": False}
_ALIGNMENTS = {align.value: align for align in Align}


class MarkupError(ValueError):
    """A receipt that cannot be read; the message names the line and what to write instead."""


def parse_receipt(source: str) -> tuple[Block, ...]:
    """Read one `<receipt>` into its blocks, in order. Raises MarkupError."""
    reader = _Reader()
    try:
        defusedxml.sax.parseString(source.encode(), reader, forbid_dtd=True)
    except SAXParseException as error:
        raise MarkupError(f"line {error.getLineNumber()}: {error.getMessage()}") from error
    except DefusedXmlException as error:
        raise MarkupError("a receipt has no DOCTYPE and no entities of its own") from error
    except (SAXException, UnicodeEncodeError) as error:
        raise MarkupError(f"the receipt is not XML: {error}") from error
    return tuple(reader.blocks)


class _Element:
    """An element as read; attributes are taken out one by one, so any left over is unknown."""

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.text = ""
        self.cells: list[Cell] = []

    def fail(self, problem: str) -> MarkupError:
        return MarkupError(f"line {self.line}: <{self.name}> {problem}")

    def content(self) -> str:
        return _collapse(self.text)

    def required(self, name: str) -> str:
        if name not in self.attributes:
            raise self.fail(f'needs {name}="…"')
        return _collapse(self.attributes.pop(name))

    def choice(self, name: str, values: Mapping[str, T], default: T) -> T:
        value = self.attributes.pop(name, None)
        if value is None:
            return default
        if value not in values:
            raise self.fail(f'{name}="{value}" is not one of: {", ".join(values)}')
        return values[value]

    def number(self, name: str, default: int, maximum: int) -> int:
        value = self.attributes.pop(name, str(default))
        if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= maximum):
            raise self.fail(f'{name}="{value}" is not a whole number from 1 to {maximum}')
        return int(value)

    def align(self, default: Align) -> Align:
        return self.choice("align", _ALIGNMENTS, default)

    def style(self) -> Style:
        size = self.attributes.pop("size", "1")
        match = _SIZE.fullmatch(size)
        if match is None:
            raise self.fail(f'size="{size}" is not 1 to 8, or width x height as in "1x2"')
        width, height = match.groups()
        return Style(
            width=int(width),
            height=int(height or width),
            bold=self.choice("bold", _FLAGS, default=False),
            underline=self.choice("underline", _FLAGS, default=False),
        )

    def finish(self) -> None:
        if self.attributes:
            raise self.fail(f"does not take {', '.join(sorted(self.attributes))}")


def _collapse(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


def _line(element: _Element) -> Line:
    return Line(element.content(), element.align(Align.LEFT), element.style())


def _pair(element: _Element) -> Pair:
    return Pair(element.required("left"), element.required("right"), element.style())


def _row(element: _Element) -> Row:
    if not element.cells:
        raise element.fail("needs at least one <cell>")
    return Row(tuple(element.cells), element.style())


def _cell(element: _Element) -> Cell:
    share = element.number("share", 1, MAX_SHARE)
    return Cell(element.content(), share, element.align(Align.LEFT))


def _rule(element: _Element) -> Rule:
    mark = element.attributes.pop("mark", "-")
    if len(mark) != 1 or not ("!" <= mark <= "~"):
        raise element.fail(f'mark="{mark}" is not one visible ASCII character')
    return Rule(mark)


def _qr(element: _Element) -> Qr:
    text = element.content()
    if not 1 <= len(text.encode()) <= MAX_QR_BYTES:
        raise element.fail(f"needs 1 to {MAX_QR_BYTES} bytes of text between its tags")
    return Qr(text, element.number("size", 6, MAX_QR_MODULE), element.align(Align.CENTER))


def _feed(element: _Element) -> Feed:
    return Feed(element.number("lines", 1, MAX_FEED))


def _logo(element: _Element) -> Logo:
    return Logo(element.align(Align.CENTER))


def _cut(element: _Element) -> Cut:
    return Cut(element.choice("partial", _FLAGS, default=True))


class _Kind(NamedTuple):
    """Where an element may stand, whether it holds text, and what it becomes."""

    parent: str
    holds_text: bool
    build: Callable[[_Element], Block] | None = None


_KINDS = {
    "receipt": _Kind("", holds_text=False),
    "line": _Kind("receipt", holds_text=True, build=_line),
    "pair": _Kind("receipt", holds_text=False, build=_pair),
    "row": _Kind("receipt", holds_text=False, build=_row),
    "cell": _Kind("row", holds_text=True),
    "rule": _Kind("receipt", holds_text=False, build=_rule),
    "qr": _Kind("receipt", holds_text=True, build=_qr),
    "feed": _Kind("receipt", holds_text=False, build=_feed),
    "logo": _Kind("receipt", holds_text=False, build=_logo),
    "cut": _Kind("receipt", holds_text=False, build=_cut),
}


class _Reader(ContentHandler):
    """Turns the XML's events into blocks; knows the nesting, the kinds know their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._open: list[_Element] = []
        self._place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._place = locator

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:  # noqa: N802
        line = self._place.getLineNumber() if self._place else None
        element = _Element(name, dict(attrs.items()), line or 0)
        parent = self._open[-1].name if self._open else ""
        if name not in _KINDS or _KINDS[name].parent != parent:
            fitting = ", ".join(f"<{kind}>" for kind in _KINDS if _KINDS[kind].parent == parent)
            place = f"inside <{parent}>" if parent else "as the outermost element"
            raise element.fail(f"is not known {place}; use {fitting or 'text alone'}")
        self._open.append(element)

    def characters(self, content: str) -> None:
        element = self._open[-1]
        if _KINDS[element.name].holds_text:
            element.text += content
        elif content.strip():
            raise element.fail(f"cannot hold the text {content.strip()!r}; put it in a <line>")

    def endElement(self, name: str) -> None:  # noqa: N802
        element = self._open.pop()
        build = _KINDS[name].build
        if name == "cell":
            self._open[-1].cells.append(_cell(element))
        elif build is not None:
            self.blocks.append(build(element))
        element.finish()
