"""Plays WAV files with whatever this computer has for it."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

LONGEST_CLIP_SECONDS = 60
DEFAULT = "default"

# Programs in the order in which they are tried, and how each takes a sound card's name.
PROGRAMS: Sequence[tuple[str, Sequence[str], Callable[[str], list[str]]]] = (
    ("pw-play", (), lambda card: ["--target", card]),
    ("paplay", (), lambda card: ["--device", card]),
    ("aplay", ("-q",), lambda card: ["-D", card]),
    ("afplay", (), lambda _card: []),
)


class PlayerError(Exception):
    """The sound card, or the program for it, did not play; the message is its own."""


class Player(Protocol):
    """Something that makes a WAV file heard."""

    name: str

    def play(self, wav: Path) -> None:
        """Play a file to its end. Raises PlayerError."""


class ProgramPlayer:
    """A program of the system. `card` names a sound card as that program knows it."""

    def __init__(self, card: str) -> None:
        found = [(shutil.which(name), options, by_card) for name, options, by_card in PROGRAMS]
        program, options, by_card = next((one for one in found if one[0]), (None, (), list))
        if program is None:
            raise ValueError("no program here plays sound: install alsa-utils")
        self.name = Path(program).name
        self._command = [program, *options, *(by_card(card) if card != DEFAULT else [])]

    def play(self, wav: Path) -> None:
        """Play a file to its end."""
        try:
            subprocess.run(  # noqa: S603 - a program of the list above, and our own file
                [*self._command, str(wav)],
                check=True,
                capture_output=True,
                timeout=LONGEST_CLIP_SECONDS,
            )
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip()
            raise PlayerError(f"{self.name}: {said or error}") from error
        except (OSError, subprocess.SubprocessError) as error:
            raise PlayerError(f"{self.name}: {error}") from error


class WindowsPlayer:
    """Windows plays sound by itself, on its default card."""

    name = "winsound"

    def play(self, wav: Path) -> None:
        """Play a file to its end."""
        import winsound  # noqa: PLC0415 - only there is such a module

        try:
            winsound.PlaySound(str(wav), winsound.SND_FILENAME)  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise PlayerError(f"winsound: {error}") from error


class FolderPlayer:
    """A SIMULATED sound card: what is played lies in a folder, numbered in order."""

    name = "SIMULATED sound card"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def play(self, wav: Path) -> None:
        """Put the file with those that were played before."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = next(n for n in self._numbers if not self._place(n).exists())
            shutil.copyfile(wav, self._place(number))
        except OSError as error:
            raise PlayerError(str(error)) from error

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:06}.wav"


def player_at(url: str) -> Player:
    """The player that a speaker's URL means.

    `sound://default` or `sound://plughw:1,0` play on a sound card, `file:///folder` keeps the
    files. Raises ValueError for another form, or where nothing can play.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderPlayer(Path(parts.path))
    if parts.scheme != "sound" or not parts.netloc:
        raise ValueError(f"{url!r} is not like sound://default")
    return WindowsPlayer() if sys.platform == "win32" else ProgramPlayer(parts.netloc)
