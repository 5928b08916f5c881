"""Every table, imported once, so that the metadata is whole for migrations and tests."""

from server import attachments, audit, events, idempotency
from server.appointments import models as appointments
from server.attendance import models as attendance
from server.attendance.covers import models as covers
from server.attendance.findings import models as findings
from server.attendance.hours import models as hours
from server.attendance.judging import models as judging
from server.attendance.leaves import models as leaves
from server.attendance.notices import models as notices
from server.attendance.offices import models as offices
from server.attendance.posts import models as posts
from server.attendance.publishing import models as publishing
from server.attendance.terminals import command_models as terminal_commands
from server.attendance.terminals import models as terminals
from server.catalogue import calendar_days
from server.catalogue import models as catalogue
from server.database import Base
from server.devices import models as devices
from server.people import digests
from server.people import models as people
from server.printing import models as printing
from server.questions import models as questions
from server.queueing import arriving, holders
from server.queueing import models as queueing
from server.queueing import settings as queue_settings
from server.screens import models as screens
from server.screens import sign_words
from server.security import models as security
from server.voice import settings as voice

metadata = Base.metadata

__all__ = [
    "appointments",
    "arriving",
    "attachments",
    "attendance",
    "audit",
    "calendar_days",
    "catalogue",
    "covers",
    "devices",
    "digests",
    "events",
    "findings",
    "holders",
    "hours",
    "idempotency",
    "judging",
    "leaves",
    "metadata",
    "notices",
    "offices",
    "people",
    "posts",
    "printing",
    "publishing",
    "questions",
    "queue_settings",
    "queueing",
    "screens",
    "security",
    "sign_words",
    "terminal_commands",
    "terminals",
    "voice",
]
