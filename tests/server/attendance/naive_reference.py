"""The regulation once more, written without the product: slow, literal, trying every possibility.

Nothing here is imported from the product. Times are seconds from midnight; a person's day is a
`Record`; the answer for a half day is a tuple (kind, seconds late, seconds early), where -1 stands
for a missing punch and None for no lapse.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise, product

H = 3600
M = 60
GRACE = 20 * M
HOUR_OUT = 60 * M
SAME_PUNCH = 60
OPENS_BEFORE = 120 * M
CLOSES_AFTER = 360 * M
DAYS_BY_HAND = 5

# 国务院办公厅关于2025年部分节假日安排的通知
OFF_2025 = {
    *[date(2025, 1, day) for day in (1, 28, 29, 30, 31)],
    *[date(2025, 2, day) for day in (1, 2, 3, 4)],
    *[date(2025, 4, day) for day in (4, 5, 6)],
    *[date(2025, 5, day) for day in (1, 2, 3, 4, 5, 31)],
    *[date(2025, 6, day) for day in (1, 2)],
    *[date(2025, 10, day) for day in range(1, 9)],
}
MADE_UP_2025 = {
    date(2025, 1, 26),
    date(2025, 2, 8),
    date(2025, 4, 27),
    date(2025, 9, 28),
    date(2025, 10, 11),
}


@dataclass
class Record:
    """One person's day; `cover_day` numbers the working days of a cover, None for staff."""

    punches: list = field(default_factory=list)
    doubted: list = field(default_factory=list)
    signatures: list = field(default_factory=list)
    leaves: list = field(default_factory=list)  # (start, end, cover needed, cover there at or None)
    away: list = field(default_factory=list)  # (since, until)
    proxy: str | None = None
    cover_day: int | None = None


def works_on(day):
    if day in MADE_UP_2025:
        return True
    return day not in OFF_2025 and day.weekday() < 5


def hours_on(day):
    if date(2025, 5, 1) <= day <= date(2025, 9, 30):
        return {"morning": (8 * H, 12 * H), "afternoon": (15 * H, 18 * H)}
    return {"morning": (8 * H, 12 * H), "afternoon": (14 * H + 30 * M, 17 * H + 30 * M)}


def answer(record, day, punches_a_day):
    """The verdict of each half day, by name."""
    hours = hours_on(day)
    left = {half: what_is_left(record, start, end) for half, (start, end) in hours.items()}
    if record.leaves:
        slots = the_slots({half: span for half, span in left.items() if span}, punches_a_day)
    else:
        slots = usual_slots(day, punches_a_day)
    chosen = best_choice(slots, moments_that_count(record))
    verdicts = {}
    for half, (start, end) in hours.items():
        mine = [(slot, at) for slot, at in zip(slots, chosen, strict=True) if slot["half"] == half]
        verdicts[half] = half_day(record, half, (start, end), left[half], mine)
    return verdicts


def half_day(record, half, hours, left, mine):
    late, early = lapses(mine)
    irregular = late is not None or early is not None
    if record.proxy == half:
        return ("absent", None, None)
    if left is None:
        return ("on_leave", None, None)
    if (
        longest_outing(record, *hours) > HOUR_OUT
        or (irregular and left_uncovered(record, *hours))
        or all(at is None for _, at in mine)
    ):
        return ("absent", None, None)
    name = "late" if late is not None else "early_leave" if early is not None else "present"
    return (name, late, early)


def lapses(mine):
    late = early = None
    for slot, at in mine:
        if slot["side"] == "in" and (at is None or at > slot["due"] + GRACE):
            late = -1 if at is None else at - slot["due"]
        if slot["side"] == "out" and (at is None or at < slot["due"] - GRACE):
            early = -1 if at is None else slot["due"] - at
    return late, early


def left_uncovered(record, start, end):
    return any(
        max(leave[0], start) < min(leave[1], end) and not is_covered(leave, start)
        for leave in record.leaves
    )


def is_covered(leave, half_start):
    start, _, needed, there = leave
    return not needed or (there is not None and there <= max(start, half_start) + GRACE)


def what_is_left(record, start, end):
    """The half day without leave at its ends, taken off again and again."""
    good = [leave for leave in record.leaves if is_covered(leave, start)]
    for _ in record.leaves:
        for leave in good:
            if leave[0] <= start < leave[1]:
                start = leave[1]
            if leave[0] < end <= leave[1]:
                end = leave[0]
    return (start, end) if start < end else None


def longest_outing(record, start, end):
    """By counting the seconds away without leave, one after the other."""
    if not record.away:
        return 0
    longest = run = 0
    first, last = min(record.away)[0], max(until for _, until in record.away)
    for second in range(max(start, first), min(end, last)):
        is_away = any(since <= second < until for since, until in record.away)
        excused = any(
            leave[0] <= second < leave[1] and is_covered(leave, start) for leave in record.leaves
        )
        run = run + 1 if is_away and not excused else 0
        longest = max(longest, run)
    return longest


def moments_that_count(record):
    moments = set(record.punches)
    if record.cover_day is not None and record.cover_day <= DAYS_BY_HAND:
        moments |= set(record.signatures)
    return sorted(moments)


@cache
def usual_slots(day, punches_a_day):
    return the_slots(hours_on(day), punches_a_day)


def the_slots(spans, punches_a_day):
    slots = []
    halves = list(spans)
    for number, half in enumerate(halves):
        start, end = spans[half]
        before = spans[halves[number - 1]][1] if number else 0
        after = spans[halves[number + 1]][0] if number + 1 < len(halves) else 24 * H
        if punches_a_day == 4 or number == 0:
            opens = max(before, start - OPENS_BEFORE)
            slots.append({"half": half, "side": "in", "due": start, "from": opens, "to": end})
        if punches_a_day == 4 or number == len(halves) - 1:
            closes = min(after, end + CLOSES_AFTER)
            slots.append({"half": half, "side": "out", "due": end, "from": start, "to": closes})
    return slots


def best_choice(slots, moments):
    """Every way to give the punches to the slots, and of these the best."""
    if len(moments) == len(slots) and is_perfect(slots, moments):
        return moments
    options = [[None, *(at for at in moments if slot["from"] <= at < slot["to"])] for slot in slots]
    return min(
        (choice for choice in product(*options) if is_possible(choice)),
        key=lambda choice: badness(slots, choice),
    )


def is_perfect(slots, moments):
    return is_possible(moments) and all(
        slot["from"] <= at < slot["to"] and not is_irregular(slot, at)
        for slot, at in zip(slots, moments, strict=True)
    )


def is_possible(choice):
    used = [at for at in choice if at is not None]
    return all(later - earlier > SAME_PUNCH for earlier, later in pairwise(used))


def is_irregular(slot, at):
    return at > slot["due"] + GRACE if slot["side"] == "in" else at < slot["due"] - GRACE


def badness(slots, choice):
    irregular = missing = distance = 0
    for slot, at in zip(slots, choice, strict=True):
        if at is None:
            irregular += 1
            missing += 1
        else:
            irregular += is_irregular(slot, at)
            distance += abs(at - slot["due"])
    return irregular, missing, distance
