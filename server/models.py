"""Every table, imported once, so that the metadata is whole for migrations and tests."""

from server import audit, events, idempotency
from server.attendance import models as attendance
from server.attendance.terminals import models as terminals
from server.catalogue import models as catalogue
from server.database import Base
from server.devices import models as devices
from server.people import models as people
from server.printing import models as printing
from server.queueing import models as queueing
from server.queueing import settings as queue_settings
from server.security import models as security

metadata = Base.metadata

__all__ = [
    "attendance",
    "audit",
    "catalogue",
    "devices",
    "events",
    "idempotency",
    "metadata",
    "people",
    "printing",
    "queue_settings",
    "queueing",
    "security",
    "terminals",
]
