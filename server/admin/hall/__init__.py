"""The administrator's pages of the hall itself: what it offers, where, by whom, by which rules."""

from server.admin.hall import (
    audit,
    counters,
    notices,
    particulars,
    people,
    queue_numbers,
    screens,
    services,
    sign_words,
    village_agents,
    voice,
    workbook,
)
from server.admin.hall.blueprint import blueprint

__all__ = [
    "audit",
    "blueprint",
    "counters",
    "notices",
    "particulars",
    "people",
    "queue_numbers",
    "screens",
    "services",
    "sign_words",
    "village_agents",
    "voice",
    "workbook",
]
