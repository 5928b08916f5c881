"""The process that speaks naturally: `python -m server.voice.engine`.

A line of JSON comes in for each sentence (`text`, `language`, `voice`, `speed`); one goes out with
the number of `bytes` of the WAV file that follows it, or with an `error`. It ends with its input.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from server.voice.espeak import ipa
from server.voice.model import RATE, Model
from server.voice.sounds import english, mandarin
from server.voice.wav import wav_of

# The hall's own work goes before.
NICENESS = 5


def main() -> None:
    """Speak what standard input asks for, until it ends."""
    with suppress(OSError):
        os.nice(NICENESS)
    answers = sys.stdout.buffer
    # Whatever a library prints must not come between the answers.
    sys.stdout = sys.stderr
    speak = _speaker()
    _answer(answers, b"", ready=True)
    for line in sys.stdin.buffer:
        _one(speak, line, answers)


def _speaker() -> Callable[[dict[str, Any]], bytes]:
    warnings.simplefilter("ignore")
    import jieba  # noqa: PLC0415 - part of the extra

    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    # It would keep its words in a folder that everybody may write to, and trust them there.
    with TemporaryDirectory(prefix="hallkeeper-words-") as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    model = Model()

    def speak(wanted: dict[str, Any]) -> bytes:
        text = wanted["text"]
        if wanted["language"] == "zh":
            sounds = mandarin(text, tokenizer.lcut)
        else:
            sounds = english(ipa(text))
        return wav_of(model.say(sounds, wanted["voice"], wanted["speed"]), RATE)

    return speak


def _one(speak: Callable[[dict[str, Any]], bytes], line: bytes, answers: BinaryIO) -> None:
    try:
        sound = speak(json.loads(line))
    except Exception as error:  # noqa: BLE001 - told to the hall, which then uses its other voice
        _answer(answers, b"", error=f"{type(error).__name__}: {error}")
    else:
        _answer(answers, sound)


def _answer(answers: BinaryIO, sound: bytes, **said: object) -> None:
    answers.write(json.dumps({"bytes": len(sound), **said}).encode() + b"\n" + sound)
    answers.flush()


if __name__ == "__main__":
    main()
