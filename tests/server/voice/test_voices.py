"""The voices that are shipped are the ones that were looked at."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.voice.settings import EnglishVoice, MandarinVoice
from server.voice.speech import MACHINE

FOLDER = Path(__file__).resolve().parents[3] / "server" / "voice" / "voices"
VOICES = tomllib.loads((FOLDER / "VOICES.toml").read_text(encoding="utf-8"))["voice"]


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice["name"])
def test_each_is_as_it_was_published(voice: dict[str, Any]) -> None:
    digest = hashlib.sha256((FOLDER / voice["file"]).read_bytes()).hexdigest()
    assert digest == voice["sha256"]
    assert voice["licence"] == "Apache-2.0"


def test_all_that_can_be_chosen_are_there_and_no_others() -> None:
    chosen = {*map(str, MandarinVoice), *map(str, EnglishVoice)} - {MACHINE}
    assert {voice["name"] for voice in VOICES} == chosen
    assert {path.stem for path in FOLDER.glob("*.bin")} == chosen
