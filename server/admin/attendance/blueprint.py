"""The blueprint of the attendance pages, and who may open which."""

from apiflask import APIBlueprint

from server.edge.access import allow
from server.people.models import Role

blueprint = APIBlueprint("attendance", __name__, enable_openapi=False)

EVERYBODY = allow(*Role)
OFFICE = allow(Role.SUPERVISOR, Role.ADMINISTRATOR)
ADMINISTRATORS = allow(Role.ADMINISTRATOR)
DESK = allow(Role.GUIDANCE_DESK)
