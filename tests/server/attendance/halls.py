"""A hall whose days can be judged in one line, and the presets that ship with the product."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from server.attendance.calendar_seed import seed_year
from server.attendance.day_plan import DayPlan, plan_day
from server.attendance.evidence import (
    AwayFinding,
    CoverStanding,
    Evidence,
    HandSignature,
    Leave,
    ProxyInvolvement,
    PunchMethod,
    PunchStanding,
    PunchTime,
)
from server.attendance.presets.files import read_preset
from server.attendance.presets.leave import LeaveKind
from server.attendance.presets.preset import Preset
from server.attendance.reasons import ReasonKey
from server.attendance.rules import judge_day
from server.attendance.timetable import HalfDay, Timetable
from server.attendance.verdicts import Verdict, VerdictKind
from server.catalogue.calendar import Calendar

PRESETS = Path(__file__).parents[3] / "config" / "presets"
ZONE = ZoneInfo("Asia/Shanghai")
PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind
GOOD_MORNING = ("07:55", "12:03")
GOOD_AFTERNOON = ("14:20", "17:35")
MONDAY = date(2026, 3, 2)  # an ordinary working day, winter hours


@cache
def preset(name: str) -> Preset:
    """A preset that ships with the product."""
    return read_preset(PRESETS / f"{name}.toml")


@dataclass(frozen=True)
class Judged:
    """The verdicts of one day, by half day."""

    verdicts: tuple[Verdict, ...]

    def of(self, half: HalfDay) -> Verdict:
        """The one verdict on a half day."""
        (verdict,) = [each for each in self.verdicts if each.half is half]
        return verdict

    @property
    def morning(self) -> Verdict:
        """The morning's verdict."""
        return self.of(HalfDay.MORNING)

    @property
    def afternoon(self) -> Verdict:
        """The afternoon's verdict."""
        return self.of(HalfDay.AFTERNOON)


@dataclass(frozen=True)
class Hall:
    """A preset, a confirmed calendar and a date; times are written `HH:MM[:SS]`."""

    preset: Preset
    calendar: Calendar
    day: date = MONDAY
    timetable: Timetable | None = None

    def on(self, day: str) -> "Hall":
        """The same hall on another date."""
        return replace(self, day=date.fromisoformat(day))

    def at(self, text: str) -> datetime:
        """A time of the day; `24:00` is the midnight that ends it."""
        if text == "24:00":
            return self.at("00:00") + timedelta(days=1)
        return datetime.combine(self.day, time.fromisoformat(text), ZONE)

    @property
    def plan(self) -> DayPlan:
        """What the day asks."""
        return plan_day(
            self.day,
            calendar=self.calendar,
            settings=self.preset.attendance,
            zone=ZONE,
            timetable=self.timetable,
        )

    def punches(
        self,
        *times: str,
        method: PunchMethod = PunchMethod.FINGERPRINT,
        standing: PunchStanding = PunchStanding.VALID,
    ) -> list[PunchTime]:
        """Punches at these times."""
        return [PunchTime(self.at(text), method, standing) for text in times]

    def signatures(self, *times: str, confirmed: bool = True) -> list[HandSignature]:
        """Hand signatures at these times."""
        return [HandSignature(self.at(text), confirmed) for text in times]

    def away(self, since: str, until: str) -> AwayFinding:
        """A patrol's finding."""
        return AwayFinding(self.at(since), self.at(until))

    def leave(self, start: str, end: str, cover: str | None = "00:00", **changes: object) -> Leave:
        """A granted leave within the day, covered from `cover` on if it must be."""
        since = None if cover is None else self.at(cover)
        leave = Leave(self.at(start), self.at(end), LeaveKind.PERSONAL, False, since)
        return replace(leave, **changes)  # type: ignore[arg-type]

    def judge(
        self,
        *times: str,
        more: Iterable[PunchTime] = (),
        signatures: Iterable[HandSignature] = (),
        away: Iterable[AwayFinding] = (),
        leaves: Iterable[Leave] = (),
        proxies: Iterable[ProxyInvolvement] = (),
        cover: CoverStanding | None = None,
        as_of: str = "24:00",
    ) -> Judged:
        """Judge the day by punches at these times and whatever else is known."""
        evidence = Evidence(
            punches=[*self.punches(*times), *more],
            signatures=list(signatures),
            away=list(away),
            leaves=list(leaves),
            proxies=list(proxies),
            cover=cover,
        )
        return Judged(judge_day(self.plan, evidence, as_of=self.at(as_of)))


@cache
def seeded_calendar() -> Calendar:
    """2024 to 2026 as announced, confirmed."""
    seeds = [seed_year(year) for year in (2024, 2025, 2026)]
    calendar = Calendar().with_entries(entry for seed in seeds for entry in seed.entries)
    return calendar.confirmed(*(seed.year for seed in seeds))


def a_hall(name: str) -> Hall:
    """A hall with one of the presets that ship with the product."""
    return Hall(preset(name), seeded_calendar())


def keys(verdict: Verdict) -> list[ReasonKey]:
    """The keys of a verdict's reasons and notes."""
    return [reason.key for reason in verdict.reasons]
