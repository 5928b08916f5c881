"""Pins every requirement list, for all platforms and with hashes, from its `.in` files."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tooling.environment import Environment
from tooling.messages import NOT_READY, SetupError

# The test list repeats the run list's pins, so that tests run what a hall runs.
SOURCES = {
    "build": ("build.in",),
    "run": ("run.in",),
    "test": ("run.in", "test.in", "--constraint", "run.txt"),
    # Goes beside either of them, so that it may not ask for other versions.
    "voice": ("voice.in", "--constraint", "test.txt"),
}
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=python3 bootstrap.py lock",
)


def lock_command(uv: str, name: str, extra: Sequence[str]) -> list[str]:
    """The command, run in `config/requirements`, that pins one list."""
    output = f"--output-file={name}.txt"
    return [uv, "pip", "compile", *OPTIONS, *extra, *SOURCES[name], output]


def lock(root: Path, extra: Sequence[str]) -> int:
    """Pin all lists again; `extra` goes to uv, for example `--upgrade`. Returns its status."""
    uv = shutil.which("uv") or shutil.which(Environment(root).program("uv"))
    if uv is None:
        raise SetupError(
            "锁定依赖版本需要 uv，请先安装：",
            "Pinning the requirements needs uv; install it first:",
            command="python3 -m pip install uv",
            status=NOT_READY,
        )
    folder = root / "config" / "requirements"
    for name in SOURCES:
        status = subprocess.run(lock_command(uv, name, extra), cwd=folder, check=False).returncode
        if status != 0:
            return status
    return 0
