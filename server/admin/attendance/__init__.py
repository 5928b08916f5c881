"""Attendance pages: calendar, verdicts, leave, cover, patrols, publication, one's own."""

from server.admin.attendance import (
    approvals,
    calendar,
    covers,
    desk,
    home,
    leave,
    offices,
    own,
    patrols,
    posts,
    publications,
    regulation,
    timetables,
)
from server.admin.attendance.blueprint import blueprint
from server.admin.attendance.desk import api

__all__ = [
    "api",
    "approvals",
    "blueprint",
    "calendar",
    "covers",
    "desk",
    "home",
    "leave",
    "offices",
    "own",
    "patrols",
    "posts",
    "publications",
    "regulation",
    "timetables",
]
