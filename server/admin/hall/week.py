"""The fields for the hours of a week."""

from server.admin.form_fields import FormField, Input
from server.i18n import N_

WEEKDAYS = (
    N_("星期一取号时间"),
    N_("星期二取号时间"),
    N_("星期三取号时间"),
    N_("星期四取号时间"),
    N_("星期五取号时间"),
    N_("星期六取号时间"),
    N_("星期日取号时间"),
)


def week_fields(hint: str) -> list[FormField]:
    """A field for each day, the hint at the first."""
    return [
        FormField(f"day_{day}", words, Input.TEXT, hint if day == 0 else "")
        for day, words in enumerate(WEEKDAYS)
    ]
