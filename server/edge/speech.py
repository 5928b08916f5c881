"""The sound of a call, for screens and speakers, and of what a kiosk says."""

from flask import Response, send_file

from server.edge.context import context
from server.edge.language import language
from server.i18n import N_
from server.problems import NotFound
from server.queueing.views import CallView
from server.voice.phrases import call_sentence
from server.voice.synthesis import VoiceUnavailable, speech_file

KEEP_SECONDS = 3600


def spoken_call(call: CallView) -> Response:
    """A call as a WAV file in the request's language.

    Raises NotFound when this machine has no voice, and the chime must do.
    """
    return spoken(call_sentence(call.label, call.counter_number, language()))


def spoken(sentence: str) -> Response:
    """A sentence in the request's language as a WAV file. Raises NotFound as above."""
    try:
        wav = speech_file(sentence, language(), context().settings.data_dir.resolve() / "voice")
    except VoiceUnavailable as error:
        raise NotFound(N_("本机没有安装语音程序，只播放提示音")) from error
    return send_file(wav, mimetype="audio/wav", max_age=KEEP_SECONDS)
