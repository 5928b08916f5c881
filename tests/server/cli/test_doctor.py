from pathlib import Path

import pytest
from sqlalchemy import text

from server import schema
from server.cli import doctor
from server.cli.doctor import examine
from server.cli.findings import Finding
from server.cli.opening import settings_from
from server.database import Database
from tests.builders.damage import damage_at_the_beginning, damage_in_the_middle
from tests.server.cli.conftest import HallCommand


def findings(data_dir: Path) -> dict[str, Finding]:
    """What the doctor finds, by the English word of the subject."""
    found = examine(settings_from(data_dir=data_dir))
    return {finding.subject.split()[-1]: finding for finding in found}


def test_a_machine_fit_for_a_hall(used_folder: Path) -> None:
    ill = [name for name, finding in findings(used_folder).items() if not finding.well]
    assert ill == []


def test_it_says_which_sqlite_is_used_and_how(used_folder: Path) -> None:
    assert "WAL" in findings(used_folder)["SQLite"].found


def test_before_the_first_start_there_is_no_database(data_dir: Path) -> None:
    assert findings(data_dir)["database"].well
    assert not (data_dir / "hall.db").exists()


def test_an_old_schema_is_named(kept: Database, used_folder: Path) -> None:
    with kept.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    finding = findings(used_folder)["schema"]
    assert (finding.well, finding.found) == (False, f"0001 / {schema.latest_revision()}")


@pytest.mark.parametrize("damage", [damage_at_the_beginning, damage_in_the_middle])
def test_a_damaged_database_is_found(used_folder: Path, damage: object) -> None:
    assert callable(damage)
    damage(used_folder / "hall.db")
    finding = findings(used_folder)["database"]
    assert (finding.well, "restore" in finding.advice) == (False, True)


def test_a_database_server_that_does_not_answer_is_found(data_dir: Path) -> None:
    url = "postgresql+psycopg://hall@127.0.0.1:1/hall"
    settings = settings_from(data_dir=data_dir, database_url=url)
    ill = [finding.subject for finding in examine(settings) if not finding.well]
    assert "数据库 database" in ill


def test_a_full_disk_is_found(used_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_MIB", 10**9)
    assert not findings(used_folder)["disk"].well


def test_a_machine_without_a_voice_or_chinese_font(
    used_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(doctor, "CJK_FONTS", (Path("/nowhere.ttc"),))
    found = findings(used_folder)
    assert not found["voice"].well
    assert not found["font"].well


def test_the_command_ends_well_or_not(
    hall: HallCommand, used_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert used_folder
    assert hall("doctor").exit_code == 0
    monkeypatch.setattr(doctor, "LEAST_FREE_MIB", 10**9)
    assert hall("doctor").exit_code == 1
