"""The sound of a call, for screens and speakers, and of what a kiosk says."""

from io import BytesIO

from flask import Response, send_file

from server.edge.context import context, reading
from server.edge.language import language
from server.i18n import N_
from server.problems import NotFound
from server.queueing.views import call_view
from server.voice.espeak import VoiceUnavailable
from server.voice.phrases import call_sentence
from server.voice.settings import VoiceForm, voice_form
from server.voice.speech import LATE_SECONDS

KEEP_SECONDS = 3600


def spoken_call(call_id: int) -> Response:
    """A call as a WAV file in the request's language.

    Raises NotFound when there is no such call, or this machine has no voice, and the chime must do.
    """
    with reading() as work:
        call, form = call_view(work, call_id), voice_form(work)
    sentence = call_sentence(call.label, call.counter_number, language(), yao=form.yao)
    return spoken(sentence, form, language())


def spoken(sentence: str, form: VoiceForm, spoken_in: str, late: float = LATE_SECONDS) -> Response:
    """A sentence as a WAV file; the natural voice has `late` seconds. Raises NotFound as above."""
    try:
        sound = context().speech.say(sentence, spoken_in, form.manner(spoken_in), late)
    except VoiceUnavailable as error:
        raise NotFound(N_("本机没有安装语音程序，只播放提示音")) from error
    return send_file(BytesIO(sound), mimetype="audio/wav", max_age=KEEP_SECONDS)
