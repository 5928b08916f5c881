import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.blocks import Align, Cell, Cut, Feed, Line, Logo, Pair, Qr, Row, Rule, Style
from drivers.escpos.markup import MarkupError, parse_receipt


def test_a_receipt_becomes_its_blocks_in_order() -> None:
    source = """
    <receipt>
      <logo align="left"/>
      <line align="center" size="2" bold="yes">A001号</line>
      <line size="1x2" underline="yes">户籍 &amp; 身份证</line>
      <pair left="取号时间" right="09:31"/>
      <row bold="yes"><cell share="2">材料</cell><cell align="right">份数</cell></row>
      <rule/>
      <rule mark="="/>
      <qr size="4">https://hall.example/t/1</qr>
      <feed lines="2"/>
      <cut partial="no"/>
    </receipt>
    """
    assert parse_receipt(source) == (
        Logo(Align.LEFT),
        Line("A001号", Align.CENTER, Style(width=2, height=2, bold=True)),
        Line("户籍 & 身份证", Align.LEFT, Style(width=1, height=2, underline=True)),
        Pair("取号时间", "09:31"),
        Row((Cell("材料", 2), Cell("份数", 1, Align.RIGHT)), Style(bold=True)),
        Rule(),
        Rule("="),
        Qr("https://hall.example/t/1", 4),
        Feed(2),
        Cut(partial=False),
    )


def test_indentation_in_text_counts_as_one_space() -> None:
    source = "<receipt><line>\n   请到\n   3号窗口\n</line></receipt>"
    assert parse_receipt(source) == (Line("请到 3号窗口"),)


def test_an_empty_line_stays_a_blank_line() -> None:
    assert parse_receipt("<receipt><line/></receipt>") == (Line(""),)


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("", "line 1: no element found"),
        ("<receipt>", "line 1: no element found"),
        ("<receit/>", "line 1: <receit> is not known as the outermost element; use <receipt>"),
        (
            "<receipt>\n<lin/></receipt>",
            "line 2: <lin> is not known inside <receipt>; use <line>, <pair>, <row>, <rule>, <qr>,"
            " <feed>, <logo>, <cut>",
        ),
        (
            "<receipt><line>a<b>c</b></line></receipt>",
            "line 1: <b> is not known inside <line>; use text alone",
        ),
        (
            "<receipt>请等候</receipt>",
            "line 1: <receipt> cannot hold the text '请等候'; put it in a <line>",
        ),
        ('<receipt><line colour="red"/></receipt>', "line 1: <line> does not take colour"),
        (
            '<receipt><line size="9"/></receipt>',
            'line 1: <line> size="9" is not 1 to 8, or width x height as in "1x2"',
        ),
        (
            '<receipt><line align="middle"/></receipt>',
            'line 1: <line> align="middle" is not one of: left, center, right',
        ),
        (
            '<receipt><line bold="1"/></receipt>',
            'line 1: <line> bold="1" is not one of: yes, no',
        ),
        (
            '<receipt><feed lines="²"/></receipt>',
            'line 1: <feed> lines="²" is not a whole number from 1 to 20',
        ),
        (
            '<receipt><rule mark="──"/></receipt>',
            'line 1: <rule> mark="──" is not one visible ASCII character',
        ),
        ('<receipt><pair left="x"/></receipt>', 'line 1: <pair> needs right="…"'),
        ("<receipt><row/></receipt>", "line 1: <row> needs at least one <cell>"),
        (
            "<receipt><qr> </qr></receipt>",
            "line 1: <qr> needs 1 to 500 bytes of text between its tags",
        ),
        (
            '<!DOCTYPE receipt [<!ENTITY x "y">]><receipt><line>&x;</line></receipt>',
            "a receipt has no DOCTYPE and no entities of its own",
        ),
        ("<receipt><line>\x00</line></receipt>", "line 1: not well-formed (invalid token)"),
        (
            "<receipt><line>\ud800</line></receipt>",
            "the receipt is not XML: 'utf-8' codec can't encode character '\\ud800' in position 15:"
            " surrogates not allowed",
        ),
    ],
)
def test_a_mistake_says_where_it_is_and_what_to_write(source: str, advice: str) -> None:
    with pytest.raises(MarkupError) as mistake:
        parse_receipt(source)
    assert str(mistake.value) == advice


@given(st.text())
def test_whatever_comes_is_blocks_or_a_markup_error(source: str) -> None:
    try:
        parse_receipt(source)
    except MarkupError:
        return


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_receipt(f"<receipt><line>{escaped}</line></receipt>") == (Line(text),)
