"""`hall rules check`: a preset is explained, or each mistake named with what to do."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli.main import main
from server.settings import PROJECT_ROOT

PRESETS = PROJECT_ROOT / "config" / "presets"


def check(file: Path) -> Result:
    """Run `hall rules check FILE`."""
    return CliRunner().invoke(main, ["rules", "check", str(file)])


@pytest.mark.parametrize("name", ["zichang", "two-punch", "other"])
def test_a_preset_that_ships_with_the_product_can_be_adopted(name: str) -> None:
    result = check(PRESETS / f"{name}.toml")
    assert (result.exit_code, "检查通过" in result.output) == (0, True)


def test_each_setting_is_explained_with_its_clause() -> None:
    output = check(PRESETS / "zichang.toml").output
    assert "没有签到，或者迟到超过 20 分钟才签到，记迟到一次；正好 20 分钟不算" in output
    assert "依据：窗口管理制度 五.2" in output


def test_a_mistake_is_named_with_what_to_do(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = (PRESETS / "zichang.toml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("limit_minutes = 60", "limit_minutes = -1"), encoding="utf-8")
    result = check(wrong)
    assert (result.exit_code, "attendance.away 第1项 limit_minutes" in result.output) == (1, True)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    result = check(tmp_path / "none.toml")
    assert (result.exit_code, "cannot read" in result.output) == (1, True)
