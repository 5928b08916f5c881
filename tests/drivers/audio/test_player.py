"""Players, chosen by what is there."""

from pathlib import Path

import pytest

from drivers.audio.chime import chime_wav
from drivers.audio.player import FolderPlayer, PlayerError, player_at
from drivers.identity import is_simulated


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    wav = tmp_path / "clip.wav"
    wav.write_bytes(chime_wav())
    return wav


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is of programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(programs: Path, name: str, script: str) -> None:
    program = programs / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_the_first_program_that_is_there_plays(programs: Path, tmp_path: Path, clip: Path) -> None:
    install(programs, "aplay", f'echo "$@" > {tmp_path}/heard')
    player = player_at("sound://default")
    player.play(clip)
    assert player.name == "aplay"
    assert (tmp_path / "heard").read_text(encoding="utf-8").split() == ["-q", str(clip)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("aplay", ["-q", "-D", "plughw:1,0"]),
        ("paplay", ["--device", "plughw:1,0"]),
        ("pw-play", ["--target", "plughw:1,0"]),
    ],
)
def test_a_certain_card(
    programs: Path, tmp_path: Path, clip: Path, name: str, arguments: list[str]
) -> None:
    install(programs, name, f'echo "$@" > {tmp_path}/heard')
    player_at("sound://plughw:1,0").play(clip)
    heard = (tmp_path / "heard").read_text(encoding="utf-8").split()
    assert heard == [*arguments, str(clip)]


def test_what_the_program_says_when_it_fails(programs: Path, clip: Path) -> None:
    install(programs, "aplay", 'echo "no such card" >&2; exit 1')
    with pytest.raises(PlayerError, match="aplay: no such card"):
        player_at("sound://default").play(clip)


def test_a_program_that_vanished(programs: Path, clip: Path) -> None:
    install(programs, "aplay", "")
    player = player_at("sound://default")
    (programs / "aplay").unlink()
    with pytest.raises(PlayerError):
        player.play(clip)


def test_nothing_here_plays(programs: Path) -> None:
    with pytest.raises(ValueError, match="alsa-utils"):
        player_at("sound://default")


@pytest.mark.parametrize("url", ["sound://", "default", "tcp://127.0.0.1:1", "file://"])
def test_what_is_no_speaker(url: str) -> None:
    with pytest.raises(ValueError, match="not like"):
        player_at(url)


def test_a_folder_keeps_what_was_played_in_order(tmp_path: Path, clip: Path) -> None:
    url = f"file://{tmp_path}/heard"
    player_at(url).play(clip)
    player_at(url).play(clip)
    names = sorted(path.name for path in (tmp_path / "heard").iterdir())
    assert names == ["000001.wav", "000002.wav"]


def test_a_folder_says_that_it_is_no_sound_card(tmp_path: Path) -> None:
    assert is_simulated(FolderPlayer(tmp_path).name)


def test_a_folder_that_cannot_be(clip: Path) -> None:
    with pytest.raises(PlayerError):
        FolderPlayer(clip / "inside").play(clip)
