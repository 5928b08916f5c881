"""Settings of leave: who approves how much, what must be shown, when a cover must be there."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server.attendance.presets.dated import Dated, Some, Value

HALF_DAY_STEP = 0.5
Days = Annotated[float, Field(gt=0, multiple_of=HALF_DAY_STEP, allow_inf_nan=False)]


class LeaveKind(StrEnum):
    """What a leave is for."""

    PERSONAL = "personal"  # 事假
    SICK = "sick"  # 病假
    OTHER = "other"  # 其他


class LeaveForm(StrEnum):
    """How a leave is asked for."""

    ORAL = "oral"  # 口头告知
    WRITTEN = "written"  # 请假条


class Approver(StrEnum):
    """Who acts on a leave."""

    OFFICE = "office"  # 办公室
    SECTION = "section"  # 业务科
    UNIT = "unit"  # 派驻单位
    UNIT_HEAD = "unit_head"  # 单位主要领导
    WINDOW_HEAD = "window_head"  # 窗口负责人
    SUPERVISION = "supervision"  # 督查科
    DEPUTY_DIRECTOR = "deputy_director"  # 中心副主任
    DIRECTOR = "director"  # 中心主任


class LeaveAct(StrEnum):
    """What an approver does to a leave."""

    INFORM = "inform"  # 被告知并登记
    OPINION = "opinion"  # 签署意见
    APPROVE = "approve"  # 审批
    FILE = "file"  # 备案


class LeaveStep(Value):
    """One step of an approval chain; `title` is how this hall calls it."""

    approver: Approver
    act: LeaveAct
    title: str = Field(min_length=1)


class LeaveBand(Value):
    """The steps for leaves up to a length (included); the last band has no limit."""

    up_to_minutes: Annotated[int, Field(gt=0)] | None = None
    up_to_days: Days | None = None
    form: LeaveForm
    steps: Some[LeaveStep]

    @model_validator(mode="after")
    def _one_limit(self) -> "LeaveBand":
        if self.up_to_minutes is not None and self.up_to_days is not None:
            raise PydanticCustomError("two_limits", "")
        return self

    @property
    def unlimited(self) -> bool:
        """Whether the band takes leaves of any length."""
        return self.up_to_minutes is None and self.up_to_days is None

    @property
    def order(self) -> tuple[bool, bool, float]:
        """Sorts bands: limits in minutes, limits in days, no limit."""
        return (
            self.unlimited,
            self.up_to_days is not None,
            self.up_to_days or self.up_to_minutes or 0,
        )


class LeaveChain(Dated):
    """Approval by length of leave (五.5(1)), shortest band first."""

    band: Some[LeaveBand]

    @model_validator(mode="after")
    def _bands_in_order(self) -> "LeaveChain":
        orders = [band.order for band in self.band]
        if orders != sorted(set(orders)) or not self.band[-1].unlimited:
            raise PydanticCustomError("bands_out_of_order", "")
        return self


class LeaveEvidence(Dated):
    """Kinds of leave that need a document, and which one (五.5(2))."""

    kinds: tuple[LeaveKind, ...]
    document: str = Field(min_length=1)


class LeaveCover(Dated):
    """From this many days of leave on, a cover must be on post first, else absent (五.5(3))."""

    from_days: Days
