import pytest

from tests.services.programs import absent_lines, need
from tooling.system_packages import SystemPackage

NOWHERE = SystemPackage("typewriter", programs=("no-such-typewriter",))
SHELL = SystemPackage("dash", programs=("sh",))


def test_a_program_that_is_there_is_found() -> None:
    assert need(pytest.Stash(), SHELL).name == "sh"


def test_a_missing_program_skips_the_test_and_is_said_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    stash = pytest.Stash()
    with pytest.raises(pytest.skip.Exception, match="typewriter"):
        need(stash, NOWHERE)
    assert [line for line in absent_lines(stash) if "NOT TESTED, for typewriter" in line]


def test_a_missing_program_fails_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="typewriter is not installed"):
        need(pytest.Stash(), NOWHERE)
