"""Spoken sentences kept on disk, so that each is made once; losing any of them loses nothing."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

MOST_BYTES = 200 * 2**20  # some thousand sentences
DIGEST_BYTES = hashlib.sha256().digest_size
SUFFIX = ".clip"


class Clips:
    """Sounds by name in a folder; a file is the sound's SHA-256 and the sound.

    The ones used last are kept, up to `most_bytes`.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def has(self, name: str) -> bool:
        """Whether there is such a sound; it may turn out to be damaged."""
        return self._file(name).exists()

    def get(self, name: str) -> bytes | None:
        """The sound; None when it is not there, or is not what was kept."""
        file = self._file(name)
        try:
            kept = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        digest, sound = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
        if hashlib.sha256(sound).digest() == digest:
            return sound
        log.warning("a kept sentence is damaged and is made again", extra={"file": str(file)})
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return None

    def put(self, name: str, sound: bytes) -> None:
        """Keep a sound. On a full disk it is not kept, and is made again when it is wanted."""
        try:
            self._write(self._file(name), hashlib.sha256(sound).digest() + sound)
            self._make_room()
        except OSError as error:
            log.warning("a spoken sentence could not be kept: %s", error)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _write(self, file: Path, content: bytes) -> None:
        """It appears whole: two screens may want the same sentence at the same time."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="unfinished-", dir=self._folder)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(content)
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        """Delete what was not used for longest, until the folder is small enough."""
        total = 0
        for _used_at, size, file in sorted(self._files(), reverse=True):
            total += size
            if total > self._most_bytes:
                file.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """When each file was used last and its size; one that goes meanwhile is passed over.

        What an older version kept, or a power cut left unfinished, goes with the rest.
        """
        for file in self._folder.iterdir():
            with suppress(FileNotFoundError):
                found = file.stat()
                yield found.st_mtime_ns, found.st_size, file
