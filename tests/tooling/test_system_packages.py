from pathlib import Path

import pytest

from tooling import system_packages
from tooling.messages import NOT_READY, SetupError
from tooling.system_packages import SystemPackage, apt_commands, install, missing

ABSENT = SystemPackage("typewriter", programs=("no-such-typewriter",))
PRESENT = SystemPackage("dash", programs=("sh",))


def test_only_what_is_absent_is_missing() -> None:
    assert missing([PRESENT, ABSENT]) == ["typewriter"]


def test_a_package_may_be_known_by_a_file(tmp_path: Path) -> None:
    font = tmp_path / "fonts" / "hei.ttc"
    font.parent.mkdir()
    font.touch()
    assert SystemPackage("font", files=("fonts/*.ttc",)).find(tmp_path) == font


def test_a_distribution_may_have_another_name_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "distribution", lambda: "ubuntu")
    browser = SystemPackage("chromium", programs=(), other_names={"ubuntu": "chromium-browser"})
    assert missing([browser]) == ["chromium-browser"]


def test_packages_are_installed_without_a_question() -> None:
    assert apt_commands(["socat", "redis-server"]) == [
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "socat", "redis-server"],
    ]


def test_who_is_not_root_reads_exactly_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SetupError) as caught:
        install(["socat"])
    assert caught.value.status == NOT_READY
    assert caught.value.command == (
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends socat"
    )
