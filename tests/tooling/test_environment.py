import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tooling.environment import MISLEADING, Environment, clean_environment, fingerprint
from tooling.messages import SetupError


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A complete environment of a project that requires nothing; making one takes seconds."""
    environment = Environment(tmp_path_factory.mktemp("project"))
    environment.requirements("run").parent.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "venv", environment.folder], check=True)
    return environment


@contextmanager
def moved(path: Path, target: Path) -> Iterator[Path]:
    """A file or folder, in another place for the length of a block."""
    path.rename(target)
    yield target
    target.rename(path)


def test_what_is_not_there_is_not_sound(tmp_path: Path) -> None:
    assert not Environment(tmp_path).is_sound()


def test_a_complete_environment_is_sound(environment: Environment) -> None:
    assert environment.is_sound()


@pytest.mark.parametrize("part", ["bin/python", "bin/pip", "lib"])
def test_a_half_made_environment_is_not_sound(
    part: str, environment: Environment, tmp_path: Path
) -> None:
    with moved(environment.folder / part, tmp_path / "lost"):
        assert not environment.is_sound()


def test_one_that_came_from_elsewhere_is_not_sound(
    environment: Environment, tmp_path: Path
) -> None:
    with moved(environment.folder, tmp_path / ".venv"):
        assert not Environment(tmp_path).is_sound()


def test_a_list_is_installed_once_until_it_changes(
    environment: Environment, capfd: pytest.CaptureFixture[str]
) -> None:
    source = environment.requirements("run")
    arguments = ["--no-index", "-r", str(source)]
    said = []
    for content in ("# nothing\n", "# nothing\n", "# still nothing\n"):
        source.write_text(content, encoding="utf-8")
        environment._install_once("run", [source], arguments)
        said.append("Installing (run)" in capfd.readouterr().out)
    assert said == [True, False, True]


def test_a_failed_installation_is_tried_again_next_time(environment: Environment) -> None:
    source = environment.requirements("test")
    source.touch()
    for _attempt in range(2):
        with pytest.raises(SetupError, match="Check the network"):
            environment._install_once("test", [source], ["--no-index", "no-such-package"])


def test_the_fingerprint_follows_contents_and_names(tmp_path: Path) -> None:
    first, second = tmp_path / "run.txt", tmp_path / "test.txt"
    first.write_text("flask", encoding="utf-8")
    second.write_text("flask", encoding="utf-8")
    assert fingerprint([first]) == fingerprint([first])
    assert fingerprint([first]) != fingerprint([second])


@pytest.mark.parametrize("name", MISLEADING)
def test_settings_that_lead_pip_elsewhere_are_left_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "http://localhost/mirror")
    environment = clean_environment()
    assert name not in environment
    assert environment["PIP_INDEX_URL"] == "http://localhost/mirror"
