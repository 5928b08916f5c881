import pytest

from server.edge.fields import LARGEST_ROW_NUMBER
from tests.builders.site import Site


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "x", "٣", str(LARGEST_ROW_NUMBER + 1), "9" * 5000],
    ids=["zero", "negative", "letter", "Arabic digit", "too large", "5000 digits"],
)
def test_what_is_no_rows_number_is_an_unknown_address(site: Site, number: str) -> None:
    assert site.person("clerk1").get(f"/api/counters/{number}").status_code == 404


def test_the_largest_number_is_one(site: Site) -> None:
    response = site.person("clerk1").get(f"/api/counters/{LARGEST_ROW_NUMBER}")
    assert response.json is not None
    assert (response.status_code, response.json["code"]) == (404, "not-found")
