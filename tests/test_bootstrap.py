import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from tooling.commands import gate_options, run
from tooling.messages import NOT_READY, WRONG_USE, SetupError

PROGRAM = Path(bootstrap.__file__)
Said = pytest.CaptureFixture[str]


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_command_shows_the_usage(arguments: list[str], capsys: Said) -> None:
    assert run(arguments) == WRONG_USE
    assert "python3 bootstrap.py" in capsys.readouterr().err


def test_help_is_no_error(capsys: Said) -> None:
    assert run(["--help"]) == 0
    assert "demo" in capsys.readouterr().out


def test_what_a_command_does_not_know_is_said_in_both_languages(capsys: Said) -> None:
    assert run(["install", "now"]) == WRONG_USE
    assert capsys.readouterr().err == "install 只认识 --voice。\ninstall knows --voice alone.\n"


def test_arguments_after_the_dashes_are_for_pytest() -> None:
    assert gate_options(["--fast", "--", "-k", "queue", "--", "x"]) == (
        True,
        ["-k", "queue", "--", "x"],
    )


def test_an_argument_for_pytest_without_the_dashes_is_refused() -> None:
    with pytest.raises(SetupError, match="go after --"):
        gate_options(["-k", "queue"])


def test_a_terminal_without_chinese_letters_still_gets_the_message() -> None:
    done = subprocess.run(
        [sys.executable, PROGRAM, "install", "now"],
        capture_output=True,
        env={"PYTHONIOENCODING": "latin-1"},
        check=False,
    )
    assert done.returncode == WRONG_USE
    assert b"install knows --voice alone." in done.stderr


def test_an_old_python_without_a_newer_one_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    assert bootstrap.main() == NOT_READY
    assert "sudo apt-get install python3.11 python3.11-venv" in capsys.readouterr().out


def test_a_newer_python_that_does_not_start_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, status in (("python3.13", 127), ("python3.12", 0)):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.newer_python() == str(tmp_path / "python3.12")
