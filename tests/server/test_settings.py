from pathlib import Path

import pytest
from pydantic import ValidationError

from server.settings import Settings


def test_the_file_gives_the_defaults() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.first_hall.time_zone) == (
        "127.0.0.1",
        8080,
        "Asia/Shanghai",
    )


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLKEEPER_PORT", "81")
    assert Settings().port == 81


def test_what_is_said_explicitly_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HALLKEEPER_PORT", "81")
    assert Settings(port=82).port == 82


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_port_that_does_not_exist_is_refused(port: int) -> None:
    with pytest.raises(ValidationError, match="port"):
        Settings(port=port)


def test_a_setting_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="prot"):
        Settings.model_validate({"prot": 80})


def test_settings_do_not_change() -> None:
    settings = Settings()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings, "port", 1)  # noqa: B010 - mypy refuses the plain assignment


def test_the_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert settings.sqlite_path == tmp_path / "hall.db"
    assert settings.effective_database_url == f"sqlite:///{tmp_path}/hall.db"


def test_another_database_may_be_named() -> None:
    settings = Settings(database_url="postgresql+psycopg://hall@localhost/hall")
    assert settings.sqlite_path is None
    assert settings.effective_database_url == "postgresql+psycopg://hall@localhost/hall"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"host": "0.0.0.0"}, "http://127.0.0.1:8080"),
        ({"host": "10.0.0.5", "port": 80}, "http://10.0.0.5:80"),
        ({"public_url": "https://hall.example/"}, "https://hall.example"),
    ],
)
def test_the_address_that_is_printed_into_codes(given: dict[str, object], printed: str) -> None:
    assert Settings.model_validate({**given}).base_url == printed


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("::", "http://[::1]:8080"),
        ("192.168.1.10", "http://192.168.1.10:8080"),
        ("fd00::10", "http://[fd00::10]:8080"),
    ],
)
def test_the_machines_own_processes_reach_the_server_where_it_listens(
    host: str, address: str
) -> None:
    assert Settings(host=host, public_url="https://hall.example").local_url == address


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({}, True),
        ({"host": "10.0.0.5"}, True),
        ({"host": "0.0.0.0"}, False),
        ({"host": "::"}, False),
        ({"host": "0.0.0.0", "public_url": "https://hall.example"}, True),
    ],
)
def test_an_address_is_known_unless_all_are_listened_to(
    given: dict[str, object], known: bool
) -> None:
    assert Settings.model_validate(given).address_is_known is known


def test_sockets_are_opened_by_the_halls_own_pages_alone() -> None:
    settings = Settings(
        public_url="https://hall.example/keeper", allowed_origins=["http://10.0.0.5:8080"]
    )
    assert settings.origins == [
        "https://hall.example",
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://10.0.0.5:8080",
    ]


def test_a_real_hall_is_no_demonstration() -> None:
    assert not Settings().demo
    assert Settings(simulators_url="http://127.0.0.1:9").demo
