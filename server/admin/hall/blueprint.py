"""The blueprint that the hall's pages share."""

from apiflask import APIBlueprint

from server.edge.access import allow
from server.people.models import Role

blueprint = APIBlueprint("hall", __name__, url_prefix="/admin/hall", enable_openapi=False)

ADMINISTRATORS = allow(Role.ADMINISTRATOR)
