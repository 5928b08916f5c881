"""What village agents (代办员) have done for others."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from server.queueing.models import Ticket
from server.work import Work


def tickets_by_agent(work: Work, first: date, last: date) -> Mapping[int, int]:
    """How many numbers each agent took in a span of days, both ends included."""
    rows = work.session.execute(
        select(Ticket.agent_id, func.count())
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date.between(first, last),
            Ticket.agent_id.is_not(None),
        )
        .group_by(Ticket.agent_id)
    )
    return {agent_id: count for agent_id, count in rows if agent_id is not None}
