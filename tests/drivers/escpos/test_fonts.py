from pathlib import Path

import pytest

from drivers.escpos import fonts
from drivers.escpos.fonts import GlyphSource, installed_fonts

CELL = (24, 24)


def test_a_chinese_font_is_found_here() -> None:
    assert GlyphSource(installed_fonts()).covers("厅")


def test_a_preferred_font_leads_only_if_it_exists(tmp_path: Path) -> None:
    own = tmp_path / "hall.ttf"
    assert (own, 0) not in installed_fonts(own)
    own.touch()
    assert installed_fonts(own)[0] == (own, 0)


def test_a_file_that_is_no_font_says_so(tmp_path: Path) -> None:
    fake = tmp_path / "hall.ttf"
    fake.write_bytes(b"not a font")
    with pytest.raises(ValueError, match=r"hall\.ttf is not a font file"):
        GlyphSource(((fake, 0),)).covers("厅")


def test_characters_are_drawn_in_their_cells() -> None:
    source = GlyphSource(installed_fonts())
    assert source.draw("号", 48, 24).size == (48, 24)
    assert source.draw("号", *CELL) != source.draw("厅", *CELL)


def test_a_character_of_no_font_is_a_box() -> None:
    source = GlyphSource(installed_fonts())
    assert not source.covers("\U0001f600")
    assert source.draw("\U0001f600", *CELL) == source.draw("\U0001f601", *CELL)


def test_without_any_font_ascii_is_still_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CJK_FONTS", ())
    source = GlyphSource(installed_fonts())
    assert source.covers("A")
    assert not source.covers("厅")
    assert source.draw("A", 12, 24).getbbox() is not None
