"""The catalogues hold every sentence that the product says, and nothing else."""

import re

import pytest

from server.i18n import LANGUAGES, SOURCE_LANGUAGE, read_catalogue
from tests.server.i18n.sentences import ROOT, all_sentences

PLACE = re.compile(r"\{(\w+)\}")
OTHER_LANGUAGES = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


@pytest.fixture(params=OTHER_LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> dict[str, str]:
    """A language's sentences by the Chinese ones."""
    messages = read_catalogue(request.param)
    return {str(message.id): str(message.string) for message in messages if message.id}


def test_every_sentence_is_translated(catalogue: dict[str, str]) -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {sentence}"
        for sentence, path in all_sentences().items()
        if not catalogue.get(sentence)
    ]
    assert missing == []


def test_a_translation_fills_the_same_places(catalogue: dict[str, str]) -> None:
    different = [
        sentence
        for sentence, translation in catalogue.items()
        if set(PLACE.findall(sentence)) != set(PLACE.findall(translation))
    ]
    assert different == []


def test_nothing_is_translated_that_nobody_says(catalogue: dict[str, str]) -> None:
    assert sorted(set(catalogue) - set(all_sentences())) == []
