from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from click import ClickException
from filelock import FileLock
from sqlalchemy import text

from server import schema
from server.cli.opening import (
    SERVER_LOCK,
    open_workplace,
    prepare_workplace,
    settings_from,
    sole_server,
)
from server.database import Database
from server.settings import Settings
from server.work import Workplace
from tests.builders.damage import damage_at_the_beginning, damage_in_the_middle

Open = Callable[[Settings], Workplace]
either = pytest.mark.parametrize("open_database", [prepare_workplace, open_workplace])


def test_a_new_folder_gets_a_database(data_dir: Path) -> None:
    workplace = prepare_workplace(settings_from(data_dir=data_dir))
    assert schema.current_revision(workplace.database) == schema.latest_revision()


def test_what_is_not_given_stays_as_it_is(data_dir: Path) -> None:
    settings = settings_from(data_dir=data_dir, port=None)
    assert (settings.data_dir, settings.port) == (data_dir, 8080)


def test_settings_that_cannot_be_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLKEEPER_PORT", "0")
    with pytest.raises(ClickException, match="port"):
        settings_from()


def test_an_up_to_date_database_is_opened_without_a_copy(used_folder: Path) -> None:
    prepare_workplace(settings_from(data_dir=used_folder))
    assert not (used_folder / "backups").exists()


@either
def test_a_lost_database_is_refused_and_not_made_anew(
    used_folder: Path, open_database: Open
) -> None:
    (used_folder / "hall.db").unlink()
    with pytest.raises(ClickException, match="hall db restore"):
        open_database(settings_from(data_dir=used_folder))
    assert not (used_folder / "hall.db").exists()


@either
@pytest.mark.parametrize("content", [b"", b"\0" * 100], ids=["no bytes", "zeros"])
def test_an_empty_file_is_a_lost_database(
    used_folder: Path, content: bytes, open_database: Open
) -> None:
    (used_folder / "hall.db").write_bytes(content)
    for _attempt in range(2):
        with pytest.raises(ClickException, match="hall db restore"):
            open_database(settings_from(data_dir=used_folder))


@either
@pytest.mark.parametrize("damage", [damage_at_the_beginning, damage_in_the_middle])
def test_a_damaged_database_is_refused(
    used_folder: Path, damage: Callable[[Path], None], open_database: Open
) -> None:
    damage(used_folder / "hall.db")
    with pytest.raises(ClickException, match="hall db restore"):
        open_database(settings_from(data_dir=used_folder))


@either
def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    kept: Database, open_database: Open
) -> None:
    with kept.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert kept.engine.url.database is not None
    folder = Path(kept.engine.url.database).parent
    with pytest.raises(ClickException, match="9999"):
        open_database(settings_from(data_dir=folder))
    assert not (folder / "backups").exists()


def at_first_revision(path: Path) -> None:
    """Make a database as the first version did."""
    with closing(Database(f"sqlite:///{path}")) as database:
        writing = database.engine.execution_options(writing=True)
        with writing.begin() as connection:
            command.upgrade(schema._config(connection), "0001")


def revision(path: Path) -> str | None:
    with closing(Database(f"sqlite:///{path}")) as database:
        return schema.current_revision(database)


def test_an_older_database_is_copied_before_it_is_migrated(data_dir: Path) -> None:
    data_dir.mkdir()
    at_first_revision(data_dir / "hall.db")
    prepare_workplace(settings_from(data_dir=data_dir)).database.close()
    [copy] = (data_dir / "backups").iterdir()
    assert (revision(copy), revision(data_dir / "hall.db")) == ("0001", schema.latest_revision())


def test_a_command_beside_a_server_never_migrates(data_dir: Path) -> None:
    data_dir.mkdir()
    at_first_revision(data_dir / "hall.db")
    with pytest.raises(ClickException, match="hall db upgrade"):
        open_workplace(settings_from(data_dir=data_dir))
    assert revision(data_dir / "hall.db") == "0001"


def test_nor_does_it_make_a_database(data_dir: Path) -> None:
    with pytest.raises(ClickException, match="hall serve"):
        open_workplace(settings_from(data_dir=data_dir))
    assert not data_dir.exists()


def test_it_opens_what_a_server_has_made(used_folder: Path) -> None:
    workplace = open_workplace(settings_from(data_dir=used_folder))
    assert schema.current_revision(workplace.database) == schema.latest_revision()


def test_a_second_server_in_the_same_folder_is_refused(data_dir: Path) -> None:
    data_dir.mkdir()
    with (
        FileLock(data_dir / SERVER_LOCK),
        pytest.raises(ClickException, match="Another server"),
        sole_server(data_dir),
    ):
        pass


def test_a_folder_left_by_one_server_is_free_for_the_next(data_dir: Path) -> None:
    with sole_server(data_dir):
        pass
    with sole_server(data_dir):
        assert (data_dir / SERVER_LOCK).exists()
