import re
from pathlib import Path

import pytest

from tooling.lock import SOURCES, lock_command

REQUIREMENTS = Path(__file__).resolve().parents[2] / "config" / "requirements"
PIN = re.compile(r"^([\w.\[\]-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(PIN.findall(text))


def test_tests_run_what_a_hall_runs() -> None:
    assert pins("run").items() <= pins("test").items()


def test_the_natural_voice_goes_beside_what_is_tested() -> None:
    shared = pins("voice").keys() & pins("test").keys()
    assert {name: pins("voice")[name] for name in shared} == {
        name: pins("test")[name] for name in shared
    }


def test_the_project_is_built_by_a_pinned_tool() -> None:
    assert "setuptools" in pins("build")


@pytest.mark.parametrize("name", SOURCES)
def test_every_pin_has_its_hashes(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.\[\]-]+==)", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", SOURCES)
def test_no_list_names_a_mirror(name: str) -> None:
    assert "index-url" not in (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")


def test_an_upgrade_is_passed_on() -> None:
    command = lock_command("uv", "run", ["--upgrade"])
    assert command[:3] == ["uv", "pip", "compile"]
    assert command[-3:] == ["--upgrade", "run.in", "--output-file=run.txt"]
