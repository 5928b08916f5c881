import psycopg
from sqlalchemy import inspect

from server.database import Database
from server.models import metadata
from tests.services.postgresql import PostgresqlServer
from tests.services.redis import ask


def test_a_fresh_database_has_every_table(database: Database) -> None:
    assert set(inspect(database.engine).get_table_names()) >= set(metadata.tables)


def test_databases_are_separate(postgresql_server: PostgresqlServer) -> None:
    first, second = postgresql_server.create(), postgresql_server.create()
    assert first != second


def test_a_template_is_filled_once(postgresql_server: PostgresqlServer) -> None:
    fillings: list[str] = []
    first = postgresql_server.filled("nothing", fillings.append)
    assert postgresql_server.filled("nothing", fillings.append) == first
    assert len(fillings) == 1


def test_an_empty_database_takes_statements(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_redis_answers_and_is_empty(redis_url: str, redis_port: int) -> None:
    assert redis_url.endswith(f":{redis_port}/0")
    assert ask(redis_port, b"DBSIZE") == b":0\r\n"
