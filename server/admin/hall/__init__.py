"""The administrator's pages of the hall itself: what it offers, where, by whom, by which rules."""

from server.admin.hall import services
from server.admin.hall.blueprint import blueprint

__all__ = ["blueprint", "services"]
