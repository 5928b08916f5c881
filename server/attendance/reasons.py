"""Why a half day was judged as it was: keys with parameters, worded elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReasonKey(StrEnum):
    """A reason for a verdict, or a note beside it."""

    PRESENT = "present"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    LATE = "late"
    NO_SIGN_IN = "no_sign_in"
    EARLY_LEAVE = "early_leave"
    NO_SIGN_OUT = "no_sign_out"
    NO_PUNCHES = "no_punches"
    AWAY = "away"
    PROXY_SIGNER = "proxy_signer"
    PROXY_SIGNED_FOR = "proxy_signed_for"
    ON_LEAVE = "on_leave"
    LEAVE_WITHOUT_COVER = "leave_without_cover"
    CALENDAR_UNCONFIRMED = "calendar_unconfirmed"
    NOT_OVER = "not_over"
    PART_LEAVE = "part_leave"
    PASSWORD_USED = "password_used"  # noqa: S105 - a note, not a password
    PUNCH_EXCLUDED = "punch_excluded"
    PUNCH_UNUSED = "punch_unused"
    HAND_UNCONFIRMED = "hand_unconfirmed"
    HAND_EXPIRED = "hand_expired"
    HAND_NOT_ACCEPTED = "hand_not_accepted"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; parameters are clock times `HH:MM:SS`, whole numbers or enum values."""

    key: ReasonKey
    clause: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)
