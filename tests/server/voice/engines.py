"""Programs that speak as the engine does over its pipes, and then go wrong."""

import sys
from collections.abc import Sequence

from server.voice.wav import wav_of

SOUND = wav_of(bytes(24_000), 24_000)
"""Half a second of silence."""

_HEAD = f"""
import json, os, sys, time
out = sys.stdout.buffer
sound = {SOUND!r}
def answer(body, **said):
    out.write(json.dumps({{"bytes": len(body), **said}}).encode() + b"\\n" + body)
    out.flush()
answer(b"")
"""


def engine(each: str) -> Sequence[str]:
    """An engine that does this with every line that comes in."""
    body = each.replace("\n", "\n    ")
    return [sys.executable, "-c", f"{_HEAD}for line in sys.stdin.buffer:\n    {body}\n"]


SPEAKS = engine("answer(sound)")
HANGS = engine("time.sleep(60)")
SLOW = engine("time.sleep(0.6); answer(sound)")
FAILS = engine("answer(b'', error='no such voice')")
DIES = engine("out.write(b'{\"bytes\": 9999}\\nRIFF'); out.flush(); os._exit(1)")
BABBLES = engine("out.write(b'hello\\n'); out.flush()")
CANNOT_START = [sys.executable, "-c", "raise SystemExit(1)"]
IS_NOT_THERE = ["/nowhere/engine"]
