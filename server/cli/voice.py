"""What `hall doctor` says of the hall's voice: it lets each voice speak."""

from collections.abc import Iterator

from server.cli.findings import Finding
from server.i18n import SOURCE_LANGUAGE
from server.settings import Settings
from server.voice.espeak import VoiceUnavailable, espeak
from server.voice.natural import NaturalVoice, Utterance, natural_installed
from server.voice.settings import MandarinVoice

SAMPLE = "请"
LOADING_SECONDS = 60.0


def voice_findings(settings: Settings) -> Iterator[Finding]:
    """The natural voice where it is installed and wanted, and the one that stands in for it."""
    try:
        espeak(SAMPLE, SOURCE_LANGUAGE, 1.0)
    except VoiceUnavailable as error:
        yield Finding("语音 voice", False, f"没有 none: {error}", "apt-get install espeak-ng")
    else:
        yield Finding("语音 voice", True, "espeak-ng")
    if not natural_installed():
        found = "没有安装，用上面的语音 not installed, the voice above speaks"
        yield Finding("自然语音 natural", True, found)
    elif not settings.natural_voice:
        yield Finding("自然语音 natural", True, "已停用 switched off: natural_voice")
    else:
        yield _natural()


def _natural() -> Finding:
    natural = NaturalVoice()
    voice = MandarinVoice.XIAOXIAO.value
    job = natural.ask(Utterance(SAMPLE, SOURCE_LANGUAGE, voice, 1.0), urgent=True)
    job.done.wait(LOADING_SECONDS)
    natural.close()
    found = f"Kokoro, {voice}" if job.sound else f"不能发声 silent: {natural.trouble or 'late'}"
    return Finding(
        "自然语音 natural", bool(job.sound), found, "python3 bootstrap.py install --voice"
    )
