"""A year in the life of a hall's staff, mostly dutiful, from a fixed seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.server.attendance.naive_reference import Record, hours_on, works_on

YEAR = 2025
DAY = 86_400
NEAR_A_BOUNDARY = (-1201, -1200, -1199, -1, 0, 1, 1199, 1200, 1201)


@dataclass
class SimulatedPerson:
    """A member of staff or a cover; `cover` is first and last day of a cover."""

    number: int
    punches_a_day: int
    cover: tuple[date, date] | None = None


def people(count: int) -> list[SimulatedPerson]:
    """Staff, every tenth in a unit with two punches a day, every thirtieth a cover."""
    chosen = random.Random(count)
    everyone = []
    for number in range(count):
        person = SimulatedPerson(number, 2 if number % 10 == 9 else 4)
        if number % 30 == 0:
            first = date(YEAR, chosen.randint(1, 11), chosen.randint(1, 28))
            person.cover = (first, first + timedelta(days=chosen.randint(2, 27)))
        everyone.append(person)
    return everyone


def days_of(person: SimulatedPerson) -> Iterator[tuple[date, Record]]:
    """The person's working days with what was recorded on each."""
    chance = random.Random(f"{person.number}")
    first, last = person.cover or (date(YEAR, 1, 1), date(YEAR, 12, 31))
    worked = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if works_on(day):
            worked += 1
            yield day, record_of(person, day, worked, chance)


def record_of(person: SimulatedPerson, day: date, worked: int, chance: random.Random) -> Record:
    """An ordinary day, and with some chance each of the things that can happen on one."""
    record = Record(punches=ordinary_punches(person, day, chance))
    if chance.random() < 0.1:
        disturb(record, chance)
    if chance.random() < 0.06:
        take_leave(record, day, chance)
    if chance.random() < 0.002:
        since = chance.randint(7 * 3600, 17 * 3600)
        record.away = [(since, since + chance.choice((3599, 3600, 3601, 7000)))]
    if chance.random() < 0.002:
        record.proxy = chance.choice(("morning", "afternoon"))
    if person.cover is not None:
        record.cover_day = worked
        record.signatures, record.punches = record.punches, record.doubted
    return record


def ordinary_punches(person: SimulatedPerson, day: date, chance: random.Random) -> list[int]:
    """In before and out after each half day, now and then near the limit of the grace."""
    (start, noon), (again, end) = hours_on(day).values()
    dues = (start, noon, again, end) if person.punches_a_day == 4 else (start, end)
    signs = (-1, 1, -1, 1) if person.punches_a_day == 4 else (-1, 1)
    return [
        due
        + (
            chance.choice(NEAR_A_BOUNDARY)
            if chance.random() < 0.03
            else sign * chance.randint(0, 600)
        )
        for due, sign in zip(dues, signs, strict=True)
    ]


def disturb(record: Record, chance: random.Random) -> None:
    """Forget, repeat, add, shift or doubt a punch, or punch at random all day."""
    match chance.randrange(7):
        case 0:
            record.punches.remove(chance.choice(record.punches))
        case 1:
            record.punches.append(chance.choice(record.punches) + chance.choice((1, 60, 61)))
        case 2:
            record.punches.append(chance.randrange(DAY))
        case 3:
            record.punches = [
                chance.randrange(6 * 3600, 20 * 3600) for _ in range(chance.randint(0, 5))
            ]
        case 4:
            noon = chance.randrange(12 * 3600, 15 * 3600)
            record.punches[1:-1] = [noon, noon + chance.choice((60, 61))]
        case 5:
            record.punches = chance.sample(record.punches, chance.randint(0, len(record.punches)))
        case _:
            record.doubted = [record.punches.pop(chance.randrange(len(record.punches)))]


def take_leave(record: Record, day: date, chance: random.Random) -> None:
    """A whole day, a half day or some hours; sometimes the cover is missing or late."""
    (start, noon), (again, end) = hours_on(day).values()
    span = chance.choice(
        [
            (0, DAY),
            (start, noon),
            (again, end),
            (start, start + 3600),
            (end - 5400, end),
            (noon - 1800, again + 1800),
        ]
    )
    needed = chance.random() < 0.6
    there = chance.choice((None, 0, span[0], span[0] + 1200, span[0] + 1201))
    record.leaves = [(*span, needed, there)]
    if chance.random() < 0.7:
        record.punches = [at for at in record.punches if not span[0] - 1500 <= at <= span[1] + 1500]
