"""The regulation that a hall has adopted: a preset, kept with its text."""

import hashlib
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from server.attendance.hours.models import Regulation
from server.attendance.judging.asking import JudgingCause, ask_to_judge, begin_judging
from server.attendance.judging.models import JudgingState
from server.attendance.presets.dated import Dated
from server.attendance.presets.files import PresetError, parse_preset
from server.attendance.presets.preset import AttendanceSettings, Preset
from server.i18n import N_
from server.problems import Conflict, Invalid
from server.work import Work


class NoRegulation(Conflict):
    """The hall has not adopted any regulation yet."""

    code = "no-regulation"
    title = N_("还没有考勤规定")


class WrongRegulation(Invalid):
    """The file is no usable preset; the detail lists what to correct."""

    code = "wrong-regulation"
    title = N_("这份规定不能采用")


@lru_cache(maxsize=16)
def _parsed(content: str) -> Preset:
    return parse_preset(content.encode())


def adopted(work: Work) -> Regulation | None:
    """The regulation adopted last."""
    return work.session.scalar(
        select(Regulation)
        .where(Regulation.hall_id == work.hall_id)
        .order_by(Regulation.id.desc())
        .limit(1)
    )


def preset_in_force(work: Work) -> Preset:
    """The hall's preset; its settings are dated. Raises NoRegulation."""
    row = adopted(work)
    if row is None:
        raise NoRegulation(N_("请先由管理员在“考勤规定”里采用一份规定"))
    return _parsed(row.content)


def adopt_regulation(work: Work, content: bytes, judge_from: date) -> Regulation:
    """Put a preset in force; days that its changes touch are judged again.

    The first adoption also begins the judging, with `judge_from`. Raises WrongRegulation.
    """
    try:
        preset = parse_preset(content)
    except PresetError as error:
        raise WrongRegulation(
            N_("有 {count} 处需要改正：{problems}"), count=len(error.problems), problems=str(error)
        ) from error
    before = adopted(work)
    state = work.session.get(JudgingState, work.hall_id)
    _reaches_back(preset.attendance, judge_from if state is None else state.judged_from)
    row = Regulation(
        hall_id=work.hall_id,
        name=f"{preset.hall.name}《{preset.hall.regulation}》",
        content=content.decode("utf-8-sig"),
        digest=hashlib.sha256(content).hexdigest(),
        adopted_at=work.now,
        adopted_by=work.actor.account_id,
    )
    work.session.add(row)
    work.session.flush()
    if before is None:
        begin_judging(work, judge_from)
    else:
        _judge_what_changed(work, _parsed(before.content), preset)
    work.audit("regulation.adopt", f"regulation:{row.id}", name=row.name, digest=row.digest)
    return row


def first_difference(old: AttendanceSettings, new: AttendanceSettings) -> date | None:
    """The first date on which two versions of the settings differ; None when they are the same."""
    differing: list[date] = []
    for name in AttendanceSettings.model_fields:
        before: tuple[Dated, ...] = getattr(old, name)
        after: tuple[Dated, ...] = getattr(new, name)
        differing += [entry.since for entry in before if entry not in after]
        differing += [entry.since for entry in after if entry not in before]
    return min(differing, default=None)


def _reaches_back(settings: AttendanceSettings, first: date) -> None:
    """Every setting must hold on every day that is judged."""
    for name in AttendanceSettings.model_fields:
        since: date = getattr(settings, name)[0].since
        if since > first:
            raise WrongRegulation(
                N_("{name} 自 {since} 才生效，而考勤从 {first} 起判定"),
                name=name,
                since=since.isoformat(),
                first=first.isoformat(),
            )


def _judge_what_changed(work: Work, old: Preset, new: Preset) -> None:
    since = first_difference(old.attendance, new.attendance)
    if since is not None:
        ask_to_judge(work, JudgingCause.REGULATION, since, work.business_date)
