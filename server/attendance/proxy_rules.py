"""Proxy signing (代签, 窗口管理制度 五.3): one finding, two people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from server.attendance.evidence import ProxyInvolvement
from server.attendance.presets.judging import ProxyRole
from server.attendance.timetable import HalfDay


@dataclass(frozen=True, slots=True)
class ProxyFinding:
    """A punch that one person was found to have made for another; its standing is FLAGGED."""

    day: date
    half: HalfDay
    signer_id: int
    signed_for_id: int


def involvements(finding: ProxyFinding) -> Mapping[int, ProxyInvolvement]:
    """What the finding means for each of the two people, by their id."""
    return {
        finding.signer_id: ProxyInvolvement(finding.day, finding.half, ProxyRole.SIGNER),
        finding.signed_for_id: ProxyInvolvement(finding.day, finding.half, ProxyRole.SIGNED_FOR),
    }
