"""What a failing disk does to a database file."""

from contextlib import closing
from pathlib import Path

from server.database import sqlite_module

SQLITE_PAGE_BYTES = 4096


def damage_in_the_middle(path: Path) -> None:
    """Overwrite one page of a SQLite file that nobody has open, leaving its header whole."""
    with closing(sqlite_module().connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = path.stat().st_size // SQLITE_PAGE_BYTES
    with path.open("r+b") as file:
        file.seek(SQLITE_PAGE_BYTES * (pages // 2))
        file.write(b"\xff" * SQLITE_PAGE_BYTES)


def damage_at_the_beginning(path: Path) -> None:
    """Overwrite the header: the file is no longer known as a database."""
    with path.open("r+b") as file:
        file.write(b"\xff" * SQLITE_PAGE_BYTES)
