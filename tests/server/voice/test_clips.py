"""What is kept on disk is only ever a help: damaged, missing or refused, it is made again."""

import os
import resource
from pathlib import Path

import pytest

from server.voice.clips import Clips
from tests.builders.crowd import together


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_put_is_got(tmp_path: Path) -> None:
    clips = Clips(tmp_path / "voice")
    clips.put("a", b"sound")
    assert clips.get("a") == b"sound"
    assert clips.has("a")


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert Clips(tmp_path / "voice").get("a") is None


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200], ids=["empty", "cut", "changed"])
def test_a_damaged_file_is_not_used_and_goes(tmp_path: Path, damage: bytes) -> None:
    clips = Clips(tmp_path)
    clips.put("a", b"sound")
    only_file(tmp_path).write_bytes(damage)
    assert clips.get("a") is None
    assert not clips.has("a")


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    blocked = tmp_path / "voice"
    blocked.write_bytes(b"a file where the folder should be")
    clips = Clips(blocked)
    clips.put("a", b"sound")
    assert clips.get("a") is None


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    """A process may write files of no more than some bytes: the system refuses in mid-file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        Clips(tmp_path).put("a", b"sound" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    clips = Clips(tmp_path, most_bytes=3 * (32 + 10))
    for age, name in enumerate(["used", "old", "young"]):
        clips.put(name, b"0123456789")
        os.utime(tmp_path / f"{name}.clip", (age, age))
    clips.get("used")
    clips.put("new", b"0123456789")
    assert {file.stem for file in tmp_path.iterdir()} == {"used", "young", "new"}


def test_two_who_keep_one_sound_at_once_keep_it_whole(tmp_path: Path) -> None:
    clips = Clips(tmp_path)
    together(2, lambda _number: clips.put("a", b"sound" * 10_000))
    assert clips.get("a") == b"sound" * 10_000
    assert len(list(tmp_path.iterdir())) == 1
