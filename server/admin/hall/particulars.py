"""The hall's names and hours."""

from flask.typing import ResponseReturnValue

from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.services import NAMES
from server.admin.hall.single import FieldGroup, Single
from server.admin.hall.week import week_fields
from server.catalogue.particulars import change_hall, hall_form
from server.edge.access import access
from server.i18n import N_

GROUPS = (
    FieldGroup(N_("大厅名称"), NAMES),
    FieldGroup(
        N_("取号时间"),
        week_fields(N_("例如 09:00-12:00，13:30-17:00；空着的日子不取号")),
    ),
)
HALL = Single(
    "hall.particulars",
    "admin/hall/particulars.html",
    GROUPS,
    hall_form,
    change_hall,
    lambda _work: {},
)


@blueprint.get("/")
@access(ADMINISTRATORS)
def particulars() -> str:
    """The hall as it is."""
    return HALL.show()


@blueprint.post("/")
@access(ADMINISTRATORS)
def change_particulars() -> ResponseReturnValue:
    """Change the hall."""
    return HALL.save()
