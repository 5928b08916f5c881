"""Counters and what they serve, as an administrator edits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, model_validator
from sqlalchemy import delete, select

from server.catalogue.editing import Part, check_free, give_names, own_english
from server.catalogue.models import Counter, CounterQueue, Queue
from server.catalogue.spans import Spans
from server.filling import FieldFault, Filling, Name, RowNumber, Words, WrongFields
from server.i18n import N_
from server.work import Work

LAST_COUNTER = 999
LAST_RANK = 9
RANK, TIMES = "rank-", "times-"

Rank = Annotated[int, Field(ge=1, le=LAST_RANK)]
OneSpan = Annotated[Spans, Field(max_length=1)]


class CounterForm(Filling):
    """A counter; `rank` and `times` by queue: 1 is its first choice, and only within these hours.

    On a form they are one field for each queue: rank-7, times-7.
    """

    number: Annotated[int, Field(ge=1, le=LAST_COUNTER)]
    name: Name
    name_en: Words = ""
    auto_next: bool = False
    rank: dict[RowNumber, Rank] = Field(default_factory=dict)
    times: dict[RowNumber, OneSpan] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        gathered = {"rank": _of(values, RANK), "times": _of(values, TIMES)}
        return {**{name: by_queue for name, by_queue in gathered.items() if by_queue}, **values}

    def shown(self) -> dict[str, str]:
        """The fields as a form shows them."""
        whole = self.model_dump(mode="json")
        ranks = {f"{RANK}{queue_id}": str(rank) for queue_id, rank in whole.pop("rank").items()}
        times = {f"{TIMES}{queue_id}": text for queue_id, text in whole.pop("times").items()}
        checked = {"auto_next": "on"} if whole.pop("auto_next") else {}
        return {**{name: str(value) for name, value in whole.items()}, **checked, **ranks, **times}


def _of(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    return {name[len(field) :]: value for name, value in values.items() if name.startswith(field)}


def _read(work: Work, counter: Counter) -> CounterForm:
    rows = work.session.scalars(
        select(CounterQueue)
        .where(CounterQueue.counter_id == counter.id)
        .order_by(CounterQueue.queue_id)
    ).all()
    return CounterForm.model_validate(
        {
            "number": counter.number,
            "name": counter.name,
            "name_en": own_english(counter),
            "auto_next": counter.auto_next,
            "rank": {row.queue_id: row.rank for row in rows},
            "times": {row.queue_id: [(row.opens, row.closes)] for row in rows if row.opens},
        }
    )


def _write(work: Work, counter: Counter, form: CounterForm) -> None:
    taken = N_("这个号码已有窗口在用")
    check_free(work, counter, "number", Counter.number == form.number, taken)
    with work.session.no_autoflush:
        known = set(work.session.scalars(select(Queue.id).where(Queue.hall_id == work.hall_id)))
    if unknown := set(form.rank) - known:
        fault = FieldFault(N_("请从列表中选择"))
        raise WrongFields({f"{RANK}{queue_id}": fault for queue_id in unknown})
    give_names(counter, form.name, form.name_en)
    counter.number, counter.auto_next = form.number, form.auto_next


def _attach(work: Work, counter: Counter, form: CounterForm) -> None:
    work.session.execute(delete(CounterQueue).where(CounterQueue.counter_id == counter.id))
    for queue_id, rank in sorted(form.rank.items()):
        opens, closes = next(iter(form.times.get(queue_id, ())), (None, None))
        work.session.add(
            CounterQueue(
                counter_id=counter.id, queue_id=queue_id, rank=rank, opens=opens, closes=closes
            )
        )
    work.session.flush()


COUNTER = Part("counter", Counter, CounterForm, N_("没有这个窗口"), _read, _write, _attach)


@dataclass(frozen=True, slots=True)
class CounterWork:
    """A counter with what it serves: the letters of its queues by rank."""

    counter: Counter
    letters: Mapping[int, Sequence[str]]


def counters_at_work(work: Work) -> list[CounterWork]:
    """Every counter, those out of use last, by number."""
    rows = work.session.execute(
        select(CounterQueue.counter_id, CounterQueue.rank, Queue.prefix)
        .join(Queue, Queue.id == CounterQueue.queue_id)
        .where(Queue.hall_id == work.hall_id)
        .order_by(Queue.prefix)
    )
    letters: dict[int, dict[int, list[str]]] = {}
    for counter_id, rank, prefix in rows:
        letters.setdefault(counter_id, {}).setdefault(rank, []).append(prefix)
    counters = work.session.scalars(
        select(Counter)
        .where(Counter.hall_id == work.hall_id)
        .order_by(Counter.active.desc(), Counter.number)
    )
    return [CounterWork(one, dict(sorted(letters.get(one.id, {}).items()))) for one in counters]
