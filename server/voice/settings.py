"""How one hall speaks: its voices, pace, languages and volume, as an administrator sets them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.catalogue.editing import note_change
from server.database import Base
from server.filling import Filling, check_unchanged, filled
from server.i18n import N_, SOURCE_LANGUAGE
from server.voice.rules import FULL, spans_of, volume_at
from server.voice.speech import MACHINE, Manner
from server.work import Work

LONGEST_TEXT = 400


class MandarinVoice(StrEnum):
    """Who speaks Chinese."""

    XIAOXIAO = "zf_xiaoxiao"
    XIAOYI = "zf_xiaoyi"
    YUNXI = "zm_yunxi"
    YUNYANG = "zm_yunyang"
    MACHINE = MACHINE


class EnglishVoice(StrEnum):
    """Who speaks English."""

    HEART = "af_heart"
    MACHINE = MACHINE


class SecondLanguage(StrEnum):
    """In which language a call is said once more on the hall screens."""

    ENGLISH = "en"


def _volumes(text: str) -> str:
    try:
        spans_of(text)
    except ValueError as error:
        raise ValueError(N_("每行写时段和音量，例如 12:00-13:30 40")) from error
    return text


class VoiceForm(Filling):
    """How the hall speaks. `speed` and `volume` are per cent of the usual.

    `volumes` are spans of the day that differ, one a line; 0 is quiet. `yao`: 1 is read 幺.
    """

    zh_voice: MandarinVoice = MandarinVoice.XIAOXIAO
    en_voice: EnglishVoice = EnglishVoice.HEART
    speed: Annotated[int, Field(ge=70, le=130)] = 100
    yao: bool = False
    second_language: SecondLanguage | None = None
    volume: Annotated[int, Field(ge=0, le=FULL)] = FULL
    volumes: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_volumes)] = ""

    def manner(self, language: str) -> Manner:
        """Which voice speaks a language, and how fast."""
        voice = self.zh_voice if language == SOURCE_LANGUAGE else self.en_voice
        return Manner(voice.value, self.speed / 100)

    @property
    def also_in(self) -> list[str]:
        """In which languages a call is said after the first."""
        return [self.second_language.value] if self.second_language else []


class HallVoice(Base):
    """What a hall has set of how it speaks, by VoiceForm's names."""

    __tablename__ = "voice_settings"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    changes: Mapped[dict[str, Any]]


def voice_form(work: Work) -> VoiceForm:
    """How this work's hall speaks."""
    row = work.session.get(HallVoice, work.hall_id)
    return VoiceForm.model_validate(row.changes if row is not None else {})


def change_voice(work: Work, values: Mapping[str, object], seen: str | None = None) -> None:
    """Let the hall speak otherwise. Raises Stale, WrongFields."""
    row = work.session.get(HallVoice, work.hall_id, with_for_update=True, populate_existing=True)
    before, form = voice_form(work), filled(VoiceForm, values)
    if seen is not None:
        check_unchanged(before, seen)
    if form == before:
        return
    if row is None:
        row = HallVoice(hall_id=work.hall_id)
        work.session.add(row)
    row.changes = form.model_dump(mode="json", exclude_defaults=True)
    work.session.flush()
    note_change(work, "voice.change", f"hall:{work.hall_id}", before, form)


def volume_now(work: Work) -> int:
    """How loud the hall speaks at this work's instant, in per cent; 0 is quiet."""
    form = voice_form(work)
    local = work.now.astimezone(work.zone)
    return volume_at(local.time(), form.volume, spans_of(form.volumes))
