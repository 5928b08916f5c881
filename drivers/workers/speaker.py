"""Speaks the hall's calls on a sound card: in order, each once, none that is stale."""

import tempfile
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from drivers.audio.chime import chime_wav
from drivers.audio.level import at_volume
from drivers.audio.player import Player, PlayerError
from drivers.hall_api import HallApi
from drivers.workers.worker import LOST, OK, TellHealth


class SpeakerTask:
    """One speaker. The hall keeps how far it has spoken, so that a restart repeats nothing."""

    interval: ClassVar[float] = 2.0

    def __init__(self, hall: HallApi, device_id: int, player: Player) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._device_id = device_id
        self._player = player
        self._trouble = ""

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Speak everything that is to be spoken now."""
        while not stopped.is_set() and (call := self._hall.next_call(self._device_id)):
            voices = [self._hall.voice(call.id, language) for language in call.languages]
            clips = [chime_wav(), *(voice for voice in voices if voice)]
            self._play(at_volume(clip, call.volume) for clip in clips)
        tell(LOST if self._trouble else OK, self._trouble)

    def close(self) -> None:
        """Nothing is held between calls."""

    def _play(self, clips: Iterable[bytes]) -> None:
        """Chime and voice; a call that was not heard is not repeated, the screens show it."""
        with tempfile.TemporaryDirectory(prefix="hallkeeper-voice-") as folder:
            wav = Path(folder) / "clip.wav"
            try:
                for clip in clips:
                    wav.write_bytes(clip)
                    self._player.play(wav)
            except PlayerError as error:
                self._trouble = str(error)
                self.counts["failed"] += 1
            else:
                self._trouble = ""
                self.counts["spoken"] += 1
