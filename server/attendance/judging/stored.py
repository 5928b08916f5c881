"""Verdicts as rows and back; both ways lose nothing."""

from collections.abc import Mapping
from typing import Any

from server.attendance.judging.models import VerdictVersion
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.verdicts import Lapse, Verdict


def verdict_of(row: VerdictVersion) -> Verdict:
    """The verdict that a row holds."""
    return Verdict(
        day=row.day,
        half=row.half,
        kind=row.kind,
        reasons=tuple(reason_of(stored) for stored in row.reasons),
        late=Lapse(row.late_seconds) if row.late else None,
        early=Lapse(row.early_seconds) if row.early else None,
        signed_in=row.signed_in,
        signed_out=row.signed_out,
    )


def columns_of(verdict: Verdict) -> dict[str, Any]:
    """A verdict's own columns."""
    return {
        "day": verdict.day,
        "half": verdict.half,
        "kind": verdict.kind,
        "late": verdict.late is not None,
        "late_seconds": verdict.late.seconds if verdict.late else None,
        "early": verdict.early is not None,
        "early_seconds": verdict.early.seconds if verdict.early else None,
        "signed_in": verdict.signed_in,
        "signed_out": verdict.signed_out,
        "reasons": [stored_reason(reason) for reason in verdict.reasons],
    }


def stored_reason(reason: Reason) -> dict[str, Any]:
    """A reason as JSON."""
    parameters = {name: _plain(value) for name, value in reason.parameters.items()}
    return {"key": reason.key.value, "clause": reason.clause, "parameters": parameters}


def reason_of(stored: Mapping[str, Any]) -> Reason:
    """The reason that was stored."""
    return Reason(ReasonKey(stored["key"]), stored["clause"], stored["parameters"])


def _plain(value: str | int) -> str | int:
    """An enum value as its text."""
    return str(value) if isinstance(value, str) else value
