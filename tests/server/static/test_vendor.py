"""The scripts of others are exactly those that the list names."""

import hashlib
import tomllib
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[3] / "server" / "static" / "vendor"
SCRIPTS = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["script"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_a_script_has_the_hash_in_the_list(script: dict[str, str]) -> None:
    digest = hashlib.sha256((VENDOR / script["file"]).read_bytes()).hexdigest()
    assert digest == script["sha256"]


def test_no_script_is_missing_from_the_list() -> None:
    assert {path.name for path in VENDOR.glob("*.js")} == {script["file"] for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_a_script_brings_its_licence(script: dict[str, str]) -> None:
    licence = (VENDOR / script["file"]).with_suffix(".LICENSE")
    assert "Copyright" in licence.read_text(encoding="utf-8")
