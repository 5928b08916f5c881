"""Series as paths."""

from server.admin.charts import HEIGHT, WIDTH, draw


def test_a_series_goes_from_edge_to_edge_with_its_highest_at_the_top() -> None:
    assert draw([0, 4, 2], 4).line == f"M0.0 {HEIGHT}.0 L{WIDTH / 2} 0.0 L{WIDTH}.0 {HEIGHT / 2}"


def test_the_area_ends_on_the_ground() -> None:
    assert draw([1], 1).area == f"M0.0 0.0 V{HEIGHT} H0 Z"


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw([], 0).line == ""


def test_a_series_of_zeros_lies_on_the_ground() -> None:
    assert draw([0, 0], 0).line == f"M0.0 {HEIGHT}.0 L{WIDTH}.0 {HEIGHT}.0"
