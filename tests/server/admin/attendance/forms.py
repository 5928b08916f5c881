"""A form sent as a page sends it, and the page that follows."""

from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.builders.site import Visitor


def fill_in(
    visitor: Visitor, path: str, form: Mapping[str, object], page: str = ""
) -> TestResponse:
    """Send a form to `path`; what it leads to, which is `page` or the same address."""
    answer = visitor.submit(path, **form)
    return visitor.look(page or path) if answer.status_code == 302 else answer
