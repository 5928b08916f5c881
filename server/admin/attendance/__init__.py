"""Attendance pages: calendar, verdicts, leave, cover, patrols, publication, one's own."""

from server.admin.attendance import calendar, home, offices, regulation, timetables
from server.admin.attendance.blueprint import blueprint

__all__ = ["blueprint", "calendar", "home", "offices", "regulation", "timetables"]
