"""Translation: sentences are written in Chinese and looked up in the catalogue for other languages.

The catalogue of each language is one .po file beside this module, read at first use, so that
editing a sentence needs no build step.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE_LANGUAGE = "zh"
LANGUAGES = {"zh": "中文", "en": "English"}
HTML_LANG = {"zh": "zh-CN", "en": "en"}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for marking a sentence
    """Mark a sentence for the catalogue where it is defined, to be translated where it is shown."""
    return message


def read_catalogue(language: str) -> Catalog:
    """The .po catalogue of a language other than the source language."""
    with (Path(__file__).parent / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """Translations into a language; the source language passes sentences through."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


def translate(message: str, language: str, **parameters: object) -> str:
    """A sentence in a language, with `{name}` places filled from the parameters."""
    text = translations(language).gettext(message)
    return text.format(**parameters) if parameters else text


def choose_language(wanted: str | None, accept_language: str | None) -> str:
    """The language to show: an explicit wish, else the browser's first known one, else Chinese."""
    if wanted in LANGUAGES:
        return wanted
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return SOURCE_LANGUAGE
