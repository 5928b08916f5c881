"""The Python environment in `.venv`, made from pinned and hashed requirements.

A stamp per requirement file says what is installed, so that a second run has nothing to do.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tooling.messages import SetupError, say
from tooling.system_packages import install

# Settings of the caller's shell that would make pip install elsewhere, or Python look elsewhere.
MISLEADING = ("PIP_PREFIX", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH")
SCRIPT_HEAD_BYTES = 512


@dataclass(frozen=True)
class Environment:
    """A virtual environment for the project in `root`."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the environment lives."""
        return self.root / ".venv"

    def program(self, name: str) -> Path:
        """Path of a program that the environment carries, for example `python` or `hall`."""
        return self.folder / "bin" / name

    def requirements(self, name: str) -> Path:
        """Path of the pinned and hashed list `build`, `run`, `test` or `voice`."""
        return self.root / "config" / "requirements" / f"{name}.txt"

    def ensure(self, *lists: str) -> None:
        """Make the environment hold these requirement lists and the project; quick when it does.

        Raises SetupError when a list cannot be installed, for example without a network.
        """
        if not self.is_sound():
            self._create()
        for name in ("build", *lists):
            arguments = ["--require-hashes", "-r", str(self.requirements(name))]
            self._install_once(name, [self.requirements(name)], arguments)
        project = [self.root / "pyproject.toml", self.requirements("run")]
        self._install_once("project", project, ["--no-deps", "-e", str(self.root)])

    def is_sound(self) -> bool:
        """Whether it was made completely, for this folder, and by a Python that is still there."""
        pip = self.program("pip")
        if not pip.is_file():
            return False
        # pip's first line names the interpreter: it tells a folder that was moved or copied.
        if str(self.folder).encode() not in pip.read_bytes()[:SCRIPT_HEAD_BYTES]:
            return False
        try:
            check = [str(self.program("python")), "-I", "-c", "import pip"]
            return subprocess.run(check, capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def _create(self) -> None:
        if self.folder.exists():
            say(
                ".venv 不完整，或者是从别处搬来的，重新建立。",
                "The .venv folder is incomplete or was moved here; making it again.",
            )
            shutil.rmtree(self.folder)
        if importlib.util.find_spec("ensurepip") is None:
            install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        say("正在建立 Python 环境 .venv ……", "Making the Python environment .venv ...")
        command = [sys.executable, "-m", "venv", str(self.folder)]
        if subprocess.run(command, env=clean_environment(), check=False).returncode != 0:
            raise SetupError(
                "无法建立 Python 环境 .venv，原因见上。",
                "The Python environment .venv could not be made; the reason is above.",
            )

    def _install_once(self, name: str, sources: list[Path], arguments: list[str]) -> None:
        stamp = self.folder / f"installed-{name}"
        digest = fingerprint(sources)
        if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
            return
        say(
            f"正在安装({name})，第一次需要几分钟……",
            f"Installing ({name}); the first time takes some minutes ...",
        )
        command = [str(self.program("python")), "-m", "pip", "install", "--no-build-isolation"]
        # A person likes to see progress; a log does not.
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        options = ["--no-input", "--disable-pip-version-check", *quiet]
        done = subprocess.run(
            [*command, *options, *arguments], cwd=self.root, env=clean_environment(), check=False
        )
        if done.returncode != 0:
            raise SetupError(
                "安装没有成功，原因见上。请检查网络；需要镜像时，先按 pip 的方法设好镜像，"
                "再运行一次。",
                "The installation failed; the reason is above. Check the network (a mirror set for "
                "pip is used here too) and run the same command again.",
            )
        stamp.write_text(digest, encoding="ascii")


def fingerprint(sources: Iterable[Path]) -> str:
    """A digest of these files' names and contents, as hexadecimal text."""
    digest = hashlib.sha256()
    for source in sources:
        content = source.read_bytes()
        digest.update(f"{source.name}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def clean_environment() -> dict[str, str]:
    """The caller's environment variables without those that would lead pip elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    # What the build tool would warn of concerns its developers, not the one who installs.
    return {**kept, "PYTHONWARNINGS": "ignore"}
