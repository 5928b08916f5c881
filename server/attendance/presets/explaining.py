"""Explains a preset in Chinese, a sentence for each entry, so that a hall reads what it set."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from server.attendance.presets import judging_sentences, people_sentences
from server.attendance.presets.dated import DatedT
from server.attendance.presets.preset import Preset


def explain(preset: Preset) -> list[str]:
    """Every setting with the dates it holds, its clause and what the hall decided itself."""
    settings = preset.attendance
    return [
        *_entries(settings.timetable, judging_sentences.timetable),
        *_entries(settings.punching, judging_sentences.punching),
        *_entries(settings.presence, judging_sentences.presence),
        *_entries(settings.lateness, judging_sentences.lateness),
        *_entries(settings.early_leave, judging_sentences.early_leave),
        *_entries(settings.away, judging_sentences.away),
        *_entries(settings.proxy_signing, judging_sentences.proxy_signing),
        *_entries(settings.leave_chain, people_sentences.leave_chain),
        *_entries(settings.leave_evidence, people_sentences.leave_evidence),
        *_entries(settings.leave_cover, people_sentences.leave_cover),
        *_entries(settings.accumulation, judging_sentences.accumulation),
        *_entries(settings.publication, judging_sentences.publication),
        *_entries(settings.objection, judging_sentences.objection),
        *_entries(settings.unit_notice, judging_sentences.unit_notice),
        *_entries(settings.lapse_points, judging_sentences.lapse_points),
        *_entries(settings.absence_points, judging_sentences.absence_points),
        *_entries(settings.cover_admission, people_sentences.cover_admission),
        *_entries(settings.cover_charge, people_sentences.cover_charge),
        *_entries(settings.cover_limit, people_sentences.cover_limit),
        *_entries(settings.cover_signing, people_sentences.cover_signing),
        *_entries(settings.cover_enrolment, people_sentences.cover_enrolment),
    ]


def _entries(history: tuple[DatedT, ...], describe: Callable[[DatedT], str]) -> Iterator[str]:
    ends: list[date | None] = [entry.since - timedelta(days=1) for entry in history[1:]]
    for entry, end in zip(history, [*ends, None], strict=True):
        dates = f"自 {entry.since} 起" if end is None else f"{entry.since} 至 {end}"
        note = f"{entry.note}。" if entry.note else ""
        yield f"{dates}：{describe(entry)}。(依据：{entry.clause}){note}"
