"""The language of a request: the page's wish, a cookie, the browser; Chinese otherwise."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import Flask, g, request

from server.i18n import (
    HTML_LANG,
    LANGUAGES,
    SOURCE_LANGUAGE,
    choose_language,
    read_catalogue,
    translate,
)

LANGUAGE_COOKIE = "hk_lang"


def language() -> str:
    """The language in which this request is answered."""
    if "language" not in g:
        wanted = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
        g.language = choose_language(wanted, request.headers.get("Accept-Language"))
    return str(g.language)


def _(message: str, **parameters: object) -> str:
    """A sentence in the request's language."""
    return translate(message, language(), **parameters)


def local(row: Any, attribute: str = "name") -> str:
    """A row's text in the request's language: `name` or `name_en`."""
    suffix = "" if language() == SOURCE_LANGUAGE else f"_{language()}"
    return str(getattr(row, attribute + suffix) or getattr(row, attribute))


def script_messages(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The sentences for a page's scripts, by language; the source language needs none."""
    return {language: _messages(language) for language in languages if language != SOURCE_LANGUAGE}


@cache
def _messages(language: str) -> dict[str, str]:
    return {
        str(message.id): str(message.string)
        for message in read_catalogue(language)
        if message.id and message.string
    }


def install_language(app: Flask) -> None:
    """Give templates `_`, `local`, `script_messages` and the language."""
    app.jinja_env.globals.update(_=_, local=local, script_messages=script_messages)

    @app.context_processor
    def language_variables() -> dict[str, object]:
        return {
            "language": language(),
            "html_lang": HTML_LANG[language()],
            "languages": LANGUAGES,
        }
