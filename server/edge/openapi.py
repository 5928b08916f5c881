"""What the OpenAPI document says beyond what the routes do: who may call, how errors look."""

import re
from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from werkzeug.routing import AnyConverter, Rule

from server.devices.models import DeviceKind
from server.edge.access import BROWSER_KINDS, SESSION_COOKIE, Access, device_cookie, rule_of
from server.edge.fields import LARGEST_ROW_NUMBER, RowNumberConverter
from server.edge.problem_documents import MEDIA_TYPE

Json = dict[str, Any]

PLACE = re.compile(r"<(?:[^:<>]+:)?([^:<>]+)>")
FORM_TOKEN = "formToken"  # noqa: S105 - a scheme's name

PROBLEM_SCHEMA: Json = {
    "description": "A problem document (RFC 9457); `code` is stable for programs.",
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "fields": {"description": "what is wrong, by place and field", "type": "object"},
        "current": {"description": "the fresh state, for a caller that acted on an old one"},
    },
    "required": ["type", "title", "status", "detail", "code"],
}

SECURITY_SCHEMES: Json = {
    "person": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
    **{
        kind.value: {"type": "apiKey", "in": "cookie", "name": device_cookie(kind)}
        for kind in BROWSER_KINDS
    },
    DeviceKind.AGENT.value: {"type": "http", "scheme": "bearer"},
    FORM_TOKEN: {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "the token in the <meta name=csrf-token> of our pages",
    },
}

ROW_NUMBER: Json = {
    "type": "integer",
    "format": "int64",
    "minimum": 1,
    "maximum": LARGEST_ROW_NUMBER,
}

ALWAYS = {503: "The database does not answer now; try again later"}
GUARDED = {401: "No valid credential", 403: "Known, but not allowed"}
WITH_PLACES = {404: "Not found"}
WITH_BODY = {
    400: "The body is no JSON",
    413: "The body is too large",
    422: "A value is missing or wrong",
}


def a_file(media_type: str) -> dict[int | str, dict[str, str | dict[str, Json]]]:
    """How a route says that it answers with a file: `doc(responses=a_file("audio/wav"))`."""
    content: dict[str, Json] = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The file", "content": content}}


def install_openapi(app: APIFlask) -> None:
    """Complete the document each time it is generated."""

    @app.spec_processor
    def complete(spec: Json | str) -> Json | str:
        assert isinstance(spec, dict)  # noqa: S101 - it would be text in the YAML format
        components = spec.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        components["securitySchemes"] = SECURITY_SCHEMES
        for route in app.url_map.iter_rules():
            access = rule_of(app, route.endpoint)
            for method, operation in _operations(route, spec):
                if access is not None:
                    operation["security"] = list(_ways_in(access, changes=method != "GET"))
                    _complete_inputs(route, operation)
                    _add_problems(access, operation)
        return spec


def _operations(route: Rule, spec: Json) -> Iterator[tuple[str, Json]]:
    """A route's operations in the document, by method."""
    path = spec["paths"].get(PLACE.sub(r"{\1}", route.rule), {})
    for method in route.methods or ():
        if operation := path.get(method.lower()):
            yield method, operation


def _complete_inputs(route: Rule, operation: Json) -> None:
    """What an address takes, and that a body must come."""
    for parameter in operation.get("parameters", ()):
        converter = route._converters.get(parameter["name"])  # noqa: SLF001 - nowhere else told
        if isinstance(converter, RowNumberConverter):
            parameter["schema"] = ROW_NUMBER
        elif isinstance(converter, AnyConverter):
            parameter["schema"] = {"type": "string", "enum": sorted(converter.items)}
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True


def _ways_in(access: Access, *, changes: bool) -> Iterator[dict[str, list[str]]]:
    """One way for each kind of caller; commands of our pages carry the form token too."""
    token: dict[str, list[str]] = {FORM_TOKEN: []} if changes else {}
    if access.roles:
        yield {"person": []} | token
    for kind in sorted(access.devices):
        yield {kind.value: []} | (token if kind in BROWSER_KINDS else {})


def _add_problems(access: Access, operation: Json) -> None:
    """Every way in which an operation may fail, each a problem document."""
    may_fail = ALWAYS | ({} if access.public else GUARDED)
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        may_fail |= WITH_PLACES
    if "requestBody" in operation:
        may_fail |= WITH_BODY
    responses = operation["responses"]
    for status, description in may_fail.items():
        responses.setdefault(str(status), {"description": description})
    for status, response in responses.items():
        if int(status) >= 400:  # noqa: PLR2004 - from here on a response is an error
            schema = {"$ref": "#/components/schemas/Problem"}
            response["content"] = {MEDIA_TYPE: {"schema": schema}}
