"""The speech of one machine, as its settings say."""

from server.settings import Settings
from server.voice.natural import NaturalVoice, natural_installed
from server.voice.speech import Speech


def speech_for(settings: Settings) -> Speech:
    """Speech that is kept in the data folder."""
    natural = NaturalVoice() if settings.natural_voice and natural_installed() else None
    return Speech(settings.data_dir.resolve() / "voice", natural)
