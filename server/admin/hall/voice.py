"""How the hall speaks: voices, pace, languages and volume, heard before they are saved."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.single import FieldGroup, Single
from server.edge.access import access
from server.edge.context import context
from server.edge.speech import spoken
from server.filling import filled
from server.i18n import LANGUAGES, N_
from server.voice.phrases import call_sentence
from server.voice.settings import (
    EnglishVoice,
    MandarinVoice,
    SecondLanguage,
    VoiceForm,
    change_voice,
    voice_form,
)

SAMPLE_LABEL = "A012"
SAMPLE_COUNTER = 3
ANY_LANGUAGE = ", ".join(f'"{language}"' for language in LANGUAGES)
# Who listens to a new voice waits for it to be loaded.
SAMPLE_SECONDS = 20.0

GROUPS = (
    FieldGroup(
        N_("谁来播报"),
        (
            FormField(
                "zh_voice",
                N_("中文的声音"),
                Input.CHOICE,
                choices=(
                    (MandarinVoice.XIAOXIAO.value, N_("女声一（自然）")),
                    (MandarinVoice.XIAOYI.value, N_("女声二（自然）")),
                    (MandarinVoice.YUNXI.value, N_("男声一（自然）")),
                    (MandarinVoice.YUNYANG.value, N_("男声二（自然）")),
                    (MandarinVoice.MACHINE.value, N_("机器声（espeak-ng）")),
                ),
            ),
            FormField(
                "en_voice",
                N_("英文的声音"),
                Input.CHOICE,
                choices=(
                    (EnglishVoice.HEART.value, N_("女声（自然）")),
                    (EnglishVoice.MACHINE.value, N_("机器声（espeak-ng）")),
                ),
            ),
            FormField("speed", N_("语速（%）"), hint=N_("100 为平常语速")),
        ),
    ),
    FieldGroup(
        N_("怎样播报"),
        (
            FormField("yao", N_("号码里的 1 读作“幺”"), Input.CHECK),
            FormField(
                "second_language",
                N_("大厅屏再播一遍"),
                Input.CHOICE,
                choices=(("", N_("不再播")), (SecondLanguage.ENGLISH.value, N_("英文"))),
            ),
        ),
    ),
    FieldGroup(
        N_("音量"),
        (
            FormField("volume", N_("平常的音量（%）"), hint=N_("0 为不出声，屏幕照常显示")),
            FormField(
                "volumes",
                N_("某些时段的音量"),
                Input.LINES,
                N_("每行写时段和音量，例如 12:00-13:30 40；0 为不出声"),
            ),
        ),
    ),
)
VOICE = Single(
    "hall.voice",
    "admin/hall/voice.html",
    GROUPS,
    voice_form,
    change_voice,
    lambda _work: {"natural": context().speech.natural is not None},
)


@blueprint.get("/voice")
@access(ADMINISTRATORS)
def voice() -> str:
    """How the hall speaks now."""
    return VOICE.show()


@blueprint.post("/voice")
@access(ADMINISTRATORS)
def change_voices() -> ResponseReturnValue:
    """Let it speak otherwise."""
    return VOICE.save()


@blueprint.get(f"/voice/<any({ANY_LANGUAGE}):spoken_in>.wav")
@access(ADMINISTRATORS)
def voice_sample(spoken_in: str) -> Response:
    """A call, spoken as is filled in."""
    form = filled(VoiceForm, request.args)
    sentence = call_sentence(SAMPLE_LABEL, SAMPLE_COUNTER, spoken_in, yao=form.yao)
    return spoken(sentence, form, spoken_in, late=SAMPLE_SECONDS)
