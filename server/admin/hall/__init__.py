"""The administrator's pages of the hall itself: what it offers, where, by whom, by which rules."""

from server.admin.hall import counters, people, queue_rules, services
from server.admin.hall.blueprint import blueprint

__all__ = ["blueprint", "counters", "people", "queue_rules", "services"]
