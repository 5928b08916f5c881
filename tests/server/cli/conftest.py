"""A data folder, and the `hall` command in it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli.main import main
from server.cli.opening import prepare_workplace, settings_from
from server.database import Database
from server.settings import SECRET_KEY_FILE

HallCommand = Callable[..., Result]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The folder of the hall's data; not made yet."""
    return tmp_path / "data"


@pytest.fixture
def hall(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> HallCommand:
    """Runs `hall …` on the data folder; `typed` is what somebody types when asked."""
    monkeypatch.setenv("HALLKEEPER_DATA_DIR", str(data_dir))

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=typed)

    return run


@pytest.fixture
def used_folder(data_dir: Path) -> Path:
    """The data folder after a hall has run in it, and ended."""
    prepare_workplace(settings_from(data_dir=data_dir)).database.close()
    (data_dir / SECRET_KEY_FILE).write_text("0" * 64, encoding="ascii")
    return data_dir


@pytest.fixture
def kept(used_folder: Path) -> Iterator[Database]:
    """The database in the used folder, held open as a running server does."""
    with closing(Database(f"sqlite:///{used_folder}/hall.db")) as database:
        yield database
