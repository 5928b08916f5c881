"""The queue's rules as an administrator sets them: every number within its bounds."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from server.catalogue.editing import note_change
from server.filling import Filling, check_unchanged, filled
from server.i18n import N_
from server.queueing.lanes import Lane
from server.queueing.rules import Mixing
from server.queueing.settings import Rollover, change_settings, defaults, queue_settings
from server.work import Work

MOST_REASONS = 12
LONGEST_REASON = 20
SHARE, WEIGHT = "shares-", "weights-"  # as faults of an entry are named

Share = Annotated[int, Field(ge=1, le=20)]
Weight = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
Minutes = Annotated[int, Field(ge=1, le=480)]
Days = Annotated[int, Field(ge=1, le=60)]


def read_reasons(text: object) -> tuple[str, ...]:
    """Reasons, one a line; the first is what a panel's pause key means. Raises ValueError."""
    if not isinstance(text, str):
        return tuple(text) if isinstance(text, (list, tuple)) else ()
    reasons = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(reasons) > MOST_REASONS:
        raise ValueError(N_("理由最多 12 条"))
    if any(len(reason) > LONGEST_REASON for reason in reasons):
        raise ValueError(N_("每条理由最多 20 个字"))
    return reasons


Reasons = Annotated[
    tuple[str, ...],
    Field(min_length=1),
    BeforeValidator(read_reasons),
    PlainSerializer("\n".join),
]


class RulesForm(Filling):
    """Every number of config/queue.toml; shares and weights are one field for each lane."""

    mixing: Mixing
    shares: dict[Lane, Share]
    weights: dict[Lane, Weight]
    overflow_minutes: Minutes
    return_places: Annotated[int, Field(ge=0, le=50)]
    most_returns: Annotated[int, Field(ge=0, le=10)]
    recall_interval_seconds: Annotated[int, Field(ge=0, le=120)]
    calls_before_no_show: Annotated[int, Field(ge=1, le=10)]
    undo_seconds: Annotated[int, Field(ge=0, le=120)]
    rollover: Rollover
    forgotten_after_minutes: Minutes
    longest_silence_minutes: Minutes
    check_in_early_minutes: Annotated[int, Field(ge=0, le=480)]
    check_in_late_minutes: Annotated[int, Field(ge=0, le=480)]
    usual_service_minutes: Minutes
    arriving_minutes: Minutes
    experience_tickets: Annotated[int, Field(ge=10, le=2000)]
    least_experience: Annotated[int, Field(ge=1, le=100)]
    rehearsals: Annotated[int, Field(ge=4, le=64)]
    estimate_step_minutes: Annotated[int, Field(ge=1, le=30)]
    rating_days: Days
    complaint_working_days: Days
    warn_wait_minutes: Minutes
    warn_waiting_per_counter: Annotated[int, Field(ge=1, le=500)]
    warn_service_minutes: Minutes
    pause_reasons: Reasons

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        shares = {lane: values[f"{SHARE}{lane}"] for lane in Lane if f"{SHARE}{lane}" in values}
        weights = {lane: values[f"{WEIGHT}{lane}"] for lane in Lane if f"{WEIGHT}{lane}" in values}
        return {"shares": shares, "weights": weights, **values}

    def shown(self) -> dict[str, str]:
        """The fields as a form shows them."""
        whole = self.model_dump(mode="json")
        shares = {f"{SHARE}{lane}": str(share) for lane, share in whole.pop("shares").items()}
        weights = {f"{WEIGHT}{lane}": f"{one:g}" for lane, one in whole.pop("weights").items()}
        return {**{name: str(value) for name, value in whole.items()}, **shares, **weights}


def rules_form(work: Work) -> RulesForm:
    """The rules in force, as a form."""
    now = queue_settings(work)
    values = {name: getattr(now, name) for name in RulesForm.model_fields}
    return RulesForm.model_construct(**{**values, "pause_reasons": (*now.pause_reasons.values(),)})


def change_rules(work: Work, values: Mapping[str, object], seen: str) -> None:
    """Set the rules; they hold from the next call on. Raises Stale, WrongFields."""
    before, form = rules_form(work), filled(RulesForm, values)
    check_unchanged(before, seen)
    codes = {words: code for code, words in queue_settings(work).pause_reasons.items()}
    whole = form.model_dump(mode="json")
    whole["pause_reasons"] = {codes.get(words, words): words for words in form.pause_reasons}
    change_settings(work, whole)
    note_change(work, "rules.change", f"hall:{work.hall_id}", before, form)


def restore_rules(work: Work) -> None:
    """Set the rules to what config/queue.toml says."""
    before = rules_form(work)
    change_settings(work, defaults())
    note_change(work, "rules.restore", f"hall:{work.hall_id}", before, rules_form(work))
