"""Settings of cover staff (临时顶岗人员管理制度 4)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from server.attendance.presets.dated import Dated


class CoverStep(StrEnum):
    """What must be done before cover staff start."""

    AGREED = "agreed"  # 中心管理办公室同意
    REGISTERED = "registered"  # 督查科登记
    TRAINED = "trained"  # 统一培训
    HANDED_OVER = "handed_over"  # 交接


class Charge(StrEnum):
    """Whom the points of a violation are charged to."""

    PERSON = "person"  # 本人
    WINDOW = "window"  # 窗口


class CoverAdmission(Dated):
    """What is required before cover staff start (4.1, 4.6)."""

    steps: tuple[CoverStep, ...]


class CoverCharge(Dated):
    """Whom a violation of cover staff is charged to (4.3)."""

    to: Charge


class CoverLimit(Dated):
    """How long a cover may last (4.4.1)."""

    months: Annotated[int, Field(ge=1, le=12)]


class CoverSigning(Dated):
    """Up to this many working days a cover signs by hand (4.4.2)."""

    working_days: Annotated[int, Field(ge=0, le=366)]


class CoverEnrolment(Dated):
    """Beyond the days by hand a fingerprint must be enrolled (4.4.3)."""
