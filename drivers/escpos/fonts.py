"""Finds a Chinese font on this machine and draws single characters with it."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageDraw, ImageFont

# (file, face within a collection); the first that exists wins, later ones fill its gaps.
CJK_FONTS = (
    (Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"), 1),
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2),
    (Path("/usr/share/fonts/opentype/noto-cjk/NotoSansCJK-Regular.ttc"), 2),
    (Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"), 2),
    (Path("C:/Windows/Fonts/simsun.ttc"), 0),
    (Path("C:/Windows/Fonts/simhei.ttf"), 0),
    (Path("C:/Windows/Fonts/simsunb.ttf"), 0),
    (Path("/System/Library/Fonts/STHeiti Light.ttc"), 1),
)

Face = tuple[Path, int]

# In a 24-dot cell Chinese characters stand on dot 20 and ASCII is drawn at 20 dots, 12 wide.
BASELINE = (20, 24)
ASCII_SIZE = (5, 6)


def installed_fonts(preferred: Path | None = None) -> tuple[Face, ...]:
    """The Chinese font faces found here, best first; `preferred` leads if its file exists.

    Empty when there is none: install the package fonts-wqy-microhei, or set a font file.
    """
    wanted: Iterable[Face] = ((preferred, 0), *CJK_FONTS) if preferred else CJK_FONTS
    return tuple(face for face in wanted if face[0].is_file())


class GlyphSource:
    """Draws characters from the first of several faces that has them.

    Without any face it still draws ASCII, with the small font that Pillow carries.
    """

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self._faces = faces

    def covers(self, char: str) -> bool:
        """Whether there is a picture of `char`."""
        return char.isascii() or _face_of(char, self._faces) is not None

    def draw(self, char: str, width: int, height: int) -> Image.Image:
        """`char` in a cell of width x height dots (mode '1', ink 255); a box if no face has it.

        A cell is drawn in the font's own proportions, then stretched, as a printer does. The
        image is shared: copy it before drawing on it.
        """
        return _draw(char, width, height, self._faces)


@lru_cache(maxsize=4096)
def _draw(char: str, width: int, height: int, faces: tuple[Face, ...]) -> Image.Image:
    natural = Image.new("1", (height // 2 if char.isascii() else height, height))
    pen = ImageDraw.Draw(natural)
    face = _face_of(char, faces)
    if face is None and not char.isascii():
        edge = height // 8
        pen.rectangle((edge, edge, natural.width - edge, height - edge), outline=255)
    else:
        size = height * ASCII_SIZE[0] // ASCII_SIZE[1] if char.isascii() else height
        font = _load(face, size)
        baseline = height * BASELINE[0] // BASELINE[1]
        indent = max((natural.width - round(font.getlength(char))) // 2, 0)
        pen.text((indent, baseline), char, fill=255, font=font, anchor="ls")
    return natural if natural.width == width else natural.resize((width, height))


def _face_of(char: str, faces: tuple[Face, ...]) -> Face | None:
    return next((face for face in faces if ord(char) in _characters(face)), None)


@lru_cache(maxsize=64)
def _load(face: Face | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if face is None:
        return ImageFont.load_default(size)
    path, index = face
    return ImageFont.truetype(str(path), size, index=index)


@lru_cache(maxsize=8)
def _characters(face: Face) -> frozenset[int]:
    path, index = face
    try:
        with path.open("rb") as file, TTFont(file, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except TTLibError as error:
        raise ValueError(f"{path} is not a font file that can be read: {error}") from error
