"""Explains a preset in Chinese, one sentence for each entry, so that a hall can read what it set."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from server.attendance import explain_judging, explain_people
from server.attendance.dated import DatedT
from server.attendance.presets import Preset


def explain(preset: Preset) -> list[str]:
    """Every setting with the dates it holds, its clause and what the hall decided itself."""
    settings = preset.attendance
    return [
        *_entries(settings.timetable, explain_judging.timetable),
        *_entries(settings.punching, explain_judging.punching),
        *_entries(settings.presence, explain_judging.presence),
        *_entries(settings.lateness, explain_judging.lateness),
        *_entries(settings.early_leave, explain_judging.early_leave),
        *_entries(settings.away, explain_judging.away),
        *_entries(settings.proxy_signing, explain_judging.proxy_signing),
        *_entries(settings.leave_chain, explain_people.leave_chain),
        *_entries(settings.leave_evidence, explain_people.leave_evidence),
        *_entries(settings.leave_cover, explain_people.leave_cover),
        *_entries(settings.accumulation, explain_judging.accumulation),
        *_entries(settings.publication, explain_judging.publication),
        *_entries(settings.objection, explain_judging.objection),
        *_entries(settings.unit_notice, explain_judging.unit_notice),
        *_entries(settings.lapse_points, explain_judging.lapse_points),
        *_entries(settings.absence_points, explain_judging.absence_points),
        *_entries(settings.cover_admission, explain_people.cover_admission),
        *_entries(settings.cover_charge, explain_people.cover_charge),
        *_entries(settings.cover_limit, explain_people.cover_limit),
        *_entries(settings.cover_signing, explain_people.cover_signing),
        *_entries(settings.cover_enrolment, explain_people.cover_enrolment),
    ]


def _entries(history: tuple[DatedT, ...], describe: Callable[[DatedT], str]) -> Iterator[str]:
    ends: list[date | None] = [entry.since - timedelta(days=1) for entry in history[1:]]
    for entry, end in zip(history, [*ends, None], strict=True):
        dates = f"自 {entry.since} 起" if end is None else f"{entry.since} 至 {end}"
        note = f"{entry.note}。" if entry.note else ""
        yield f"{dates}:{describe(entry)}。(依据:{entry.clause}){note}"
