"""The audit trail: who did what, when, and whether anybody tampered with the record."""

from datetime import date

from flask import render_template, request

from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.audit import broken_links
from server.audit_search import AuditQuery, actions, actors, search_audit
from server.audit_words import action_words
from server.edge.access import access
from server.edge.context import reading

LARGEST_PAGE = 1_000_000
YEARS = range(1970, 2200)


@blueprint.get("/audit")
@access(ADMINISTRATORS)
def audit() -> str:
    """Search; with `check` the whole chain is held against its seals."""
    asked = request.args
    query = AuditQuery(
        first=_day("first"),
        last=_day("last"),
        actor=asked.get("actor", ""),
        action=asked.get("action", ""),
        subject=asked.get("subject", "").strip(),
        page=min(asked.get("page", 1, type=int), LARGEST_PAGE),
    )
    with reading() as work:
        return render_template(
            "admin/hall/audit.html",
            found=search_audit(work, query),
            query=query,
            actors=actors(work),
            actions=actions(work),
            action_words=action_words,
            broken=broken_links(work.session, work.hall) if "check" in asked else None,
        )


def _day(name: str) -> date | None:
    """A day in the address; what is none counts as not given."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None
