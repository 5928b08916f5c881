from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from server.catalogue.models import Hall
from server.cli.opening import sole_server
from server.database import Database
from server.work import SYSTEM, Workplace
from tests.builders.clock import HandClock
from tests.builders.damage import damage_at_the_beginning, damage_in_the_middle
from tests.server.cli.conftest import HallCommand


def add_hall(database: Database, name: str) -> int:
    with database.write() as session:
        hall = Hall(name=name, name_en=name, time_zone="Asia/Shanghai")
        session.add(hall)
        session.flush()
        return hall.id


def names(path: Path) -> list[str]:
    with closing(Database(f"sqlite:///{path}")) as database, database.read() as session:
        return list(session.scalars(select(Hall.name).order_by(Hall.id)))


def test_upgrade_makes_a_new_database(hall: HallCommand, data_dir: Path) -> None:
    result = hall("db", "upgrade")
    assert result.exit_code == 0
    assert "up to date" in result.output
    assert names(data_dir / "hall.db") == []


def test_upgrade_does_not_disturb_a_server(hall: HallCommand, data_dir: Path) -> None:
    with sole_server(data_dir):
        result = hall("db", "upgrade")
    assert (result.exit_code, "Another server" in result.output) == (1, True)
    assert not (data_dir / "hall.db").exists()


class TestBackup:
    def test_it_is_made_while_the_hall_runs(
        self, hall: HallCommand, kept: Database, used_folder: Path
    ) -> None:
        add_hall(kept, "一号大厅")
        assert hall("db", "backup").exit_code == 0
        [copy] = (used_folder / "backups").iterdir()
        assert names(copy) == ["一号大厅"]

    def test_without_a_database_it_says_so(self, hall: HallCommand, data_dir: Path) -> None:
        result = hall("db", "backup")
        assert (result.exit_code, "no database" in result.output) == (1, True)
        assert not (data_dir / "hall.db").exists()

    def test_a_damaged_database_gives_none(self, hall: HallCommand, used_folder: Path) -> None:
        damage_in_the_middle(used_folder / "hall.db")
        result = hall("db", "backup")
        assert (result.exit_code, "damaged" in result.output) == (1, True)

    def test_postgresql_has_its_own_tools(
        self, hall: HallCommand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HALLKEEPER_DATABASE_URL", "postgresql+psycopg://hall@127.0.0.1/hall")
        result = hall("db", "backup")
        assert (result.exit_code, "pg_dump" in result.output) == (1, True)


class TestRestore:
    @pytest.fixture
    def copy(self, hall: HallCommand, kept: Database, used_folder: Path) -> Path:
        """A backup of yesterday, with one hall."""
        add_hall(kept, "昨天")
        hall("db", "backup")
        [copy] = (used_folder / "backups").iterdir()
        return copy

    def test_it_puts_the_backup_in_place(
        self, hall: HallCommand, copy: Path, kept: Database, used_folder: Path
    ) -> None:
        add_hall(kept, "今天")
        result = hall("db", "restore", str(copy))
        assert result.exit_code == 0, result.output
        assert names(used_folder / "hall.db") == ["昨天"]

    def test_what_was_there_is_kept_with_its_last_commits(
        self, hall: HallCommand, copy: Path, kept: Database, used_folder: Path
    ) -> None:
        add_hall(kept, "今天")  # only in the write-ahead log: the server was killed
        hall("db", "restore", str(copy))
        [former] = used_folder.glob("*.before-restore-*.db")
        assert names(former) == ["昨天", "今天"]

    def test_it_brings_back_a_lost_database(
        self, hall: HallCommand, copy: Path, kept: Database, used_folder: Path
    ) -> None:
        kept.close()
        (used_folder / "hall.db").unlink()
        hall("db", "restore", str(copy))
        assert names(used_folder / "hall.db") == ["昨天"]

    @pytest.mark.parametrize(
        "spoil",
        [
            damage_at_the_beginning,
            damage_in_the_middle,
            lambda path: path.write_bytes(b""),
            lambda path: path.write_bytes(b"a letter"),
        ],
        ids=["header", "page", "empty", "no database"],
    )
    def test_a_spoilt_backup_is_refused_and_nothing_changes(
        self, hall: HallCommand, copy: Path, used_folder: Path, spoil: Callable[[Path], object]
    ) -> None:
        spoil(copy)
        assert hall("db", "restore", str(copy)).exit_code == 1
        assert names(used_folder / "hall.db") == ["昨天"]

    def test_it_waits_for_nobody_while_the_hall_runs(
        self, hall: HallCommand, copy: Path, used_folder: Path
    ) -> None:
        with sole_server(used_folder):
            result = hall("db", "restore", str(copy))
        assert (result.exit_code, "Another server" in result.output) == (1, True)


class TestCheck:
    @pytest.fixture
    def audited(self, kept: Database) -> Database:
        """A hall with an entry in its audit chain."""
        workplace = Workplace(kept, HandClock())
        with workplace.write(add_hall(kept, "一号大厅"), SYSTEM) as work:
            work.audit("door.open", "door:1")
        return kept

    @pytest.mark.usefixtures("audited")
    def test_all_is_well(self, hall: HallCommand) -> None:
        result = hall("db", "check")
        assert result.exit_code == 0
        assert "audit chain, 一号大厅: ok" in result.output

    def test_tampering_is_found(self, hall: HallCommand, audited: Database) -> None:
        with audited.write() as session:
            session.execute(text("UPDATE audit_entries SET actor = 'somebody else'"))
        result = hall("db", "check")
        assert (result.exit_code, "the check failed" in result.output) == (1, True)
