"""Chinese sentences for the settings of leave and cover staff."""

from server.attendance.presets.cover import (
    Charge,
    CoverAdmission,
    CoverCharge,
    CoverEnrolment,
    CoverLimit,
    CoverSigning,
    CoverStep,
)
from server.attendance.presets.leave import (
    LeaveBand,
    LeaveChain,
    LeaveCover,
    LeaveEvidence,
    LeaveForm,
    LeaveKind,
)

FORMS = {LeaveForm.ORAL: "口头请假", LeaveForm.WRITTEN: "书面请假"}
LEAVES = {LeaveKind.PERSONAL: "事假", LeaveKind.SICK: "病假", LeaveKind.OTHER: "其他假"}
COVER_STEPS = {
    CoverStep.AGREED: "经中心同意",
    CoverStep.REGISTERED: "办理登记",
    CoverStep.TRAINED: "接受培训",
    CoverStep.HANDED_OVER: "交接工作",
}
CHARGES = {Charge.PERSON: "由本人承担", Charge.WINDOW: "扣窗口的考核分"}


def leave_chain(entry: LeaveChain) -> str:
    """The approval chain of each length of leave."""
    return "；".join(_band(band) for band in entry.band)


def _band(band: LeaveBand) -> str:
    if band.up_to_minutes is not None:
        length = f"{band.up_to_minutes} 分钟以内(含)"
    elif band.up_to_days is not None:
        length = f"{band.up_to_days:g} 天以内(含)"
    else:
        length = "更长的"
    return f"{length}{FORMS[band.form]}：{'→'.join(step.title for step in band.steps)}"


def leave_evidence(entry: LeaveEvidence) -> str:
    """Which leaves need a document."""
    if not entry.kinds:
        return "请假不要求出具证明"
    return f"请{'、'.join(LEAVES[kind] for kind in entry.kinds)}须出具{entry.document}"


def leave_cover(entry: LeaveCover) -> str:
    """From when a cover must be there first."""
    return f"请假 {entry.from_days:g} 天及以上，须代岗人员先到岗，否则按旷工论处"


def cover_admission(entry: CoverAdmission) -> str:
    """What must precede a cover."""
    if not entry.steps:
        return "临时顶岗无须事先办理手续"
    return f"临时顶岗前须{'、'.join(COVER_STEPS[step] for step in entry.steps)}"


def cover_charge(entry: CoverCharge) -> str:
    """Who bears violations."""
    return f"临时顶岗人员违规的，{CHARGES[entry.to]}"


def cover_limit(entry: CoverLimit) -> str:
    """How long a cover may last."""
    return f"顶岗最长 {entry.months} 个月，到期满月份同日的前一天为止"


def cover_signing(entry: CoverSigning) -> str:
    """How long a cover signs by hand."""
    return f"顶岗 {entry.working_days} 个工作日以内(含)的，到导办台手工签到、签退"


def cover_enrolment(_entry: CoverEnrolment) -> str:
    """Beyond that, by fingerprint."""
    return "顶岗超过手工签到天数的须录指纹，从超过之日起只认指纹考勤"
