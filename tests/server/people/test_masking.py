import pytest

from server.people.masking import mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("王小明", "王**"), ("欧阳娜娜", "欧***"), ("李", "李*"), ("", "*")],
)
def test_only_the_family_name_is_shown(name: str, shown: str) -> None:
    assert mask_name(name) == shown
