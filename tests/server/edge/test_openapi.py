"""The document says of every operation who may call it and how it fails."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders.site import Site, document

Json = dict[str, Any]


@pytest.fixture
def spec(site: Site) -> Json:
    return document(site.nobody().get("/openapi.json"))


def operations(spec: Json) -> Iterator[tuple[str, Json]]:
    """Every operation with its method and path."""
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def references(part: object) -> Iterator[str]:
    """Every reference in a part of the document."""
    if isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_every_reference_leads_somewhere(spec: Json) -> None:
    known = {f"#/components/schemas/{name}" for name in spec["components"]["schemas"]}
    assert set(references(spec)) - known == set()


def test_every_error_is_a_problem_document(spec: Json) -> None:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for name, operation in operations(spec):
        errors = [code for code in operation["responses"] if int(code) >= 400]
        assert errors, name
        for code in errors:
            content = operation["responses"][code]["content"]
            assert content == {"application/problem+json": problem}, (name, code)


def test_pages_are_not_in_it(spec: Json) -> None:
    assert [path for path in spec["paths"] if not path.startswith("/api/")] == []


@pytest.mark.parametrize(
    ("operation", "ways_in"),
    [
        ("GET /api/kiosk", [{"person": []}, {"kiosk": []}]),
        (
            "POST /api/tickets",
            [{"person": [], "formToken": []}, {"kiosk": [], "formToken": []}],
        ),
        ("POST /api/agent/health", [{"agent": []}]),
        ("POST /api/pairings", []),
    ],
)
def test_it_says_who_may_call(spec: Json, operation: str, ways_in: list[Json]) -> None:
    assert dict(operations(spec))[operation]["security"] == ways_in


def test_a_row_number_in_an_address_has_its_bounds(spec: Json) -> None:
    [counter_id] = spec["paths"]["/api/counters/{counter_id}"]["get"]["parameters"]
    assert counter_id["schema"] == {
        "type": "integer",
        "format": "int64",
        "minimum": 1,
        "maximum": 2**63 - 1,
    }


def test_a_button_is_one_of_those_that_there_are(spec: Json) -> None:
    places = spec["paths"]["/api/counters/{counter_id}/{press}"]["post"]["parameters"]
    [button] = [place["schema"] for place in places if place["name"] == "press"]
    assert "next" in button["enum"]
