"""What the tests need from the distribution: how to see whether it is there, how to install it."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tooling.messages import NOT_READY, SetupError, say


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package, present as soon as one of its programs or files is found."""

    name: str
    programs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    other_names: dict[str, str] = field(default_factory=dict)

    def find(self, root: Path = Path("/")) -> Path | None:
        """Its first program on PATH, else its first file (globs below `root`); None if absent."""
        for program in self.programs:
            path = shutil.which(program)
            if path:
                return Path(path)
        return next((path for pattern in self.files for path in root.glob(pattern)), None)

    def name_on(self, distribution: str) -> str:
        """What the distribution with this os-release ID calls the package."""
        return self.other_names.get(distribution, self.name)


CHROMIUM = SystemPackage(
    "chromium",
    programs=("chromium", "chromium-browser", "google-chrome"),
    other_names={"ubuntu": "chromium-browser"},
)
CHINESE_FONT = SystemPackage("fonts-wqy-microhei", files=("usr/share/fonts/**/wqy-microhei.ttc",))
POSTGRESQL = SystemPackage(
    "postgresql", programs=("initdb",), files=("usr/lib/postgresql/*/bin/initdb",)
)
REDIS = SystemPackage("redis-server", programs=("redis-server",))
SPEECH = SystemPackage("espeak-ng", programs=("espeak-ng",))
TEXT_RECOGNITION = SystemPackage("tesseract-ocr", programs=("tesseract",))
CHINESE_RECOGNITION = SystemPackage(
    "tesseract-ocr-chi-sim", files=("usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata",)
)
SERIAL_CABLE = SystemPackage("socat", programs=("socat",))

FOR_TESTS = (
    CHROMIUM,
    CHINESE_FONT,
    POSTGRESQL,
    REDIS,
    SPEECH,
    TEXT_RECOGNITION,
    CHINESE_RECOGNITION,
    SERIAL_CABLE,
)


def distribution() -> str:
    """The distribution's ID from os-release, such as `debian`; empty where there is none."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def missing(packages: Iterable[SystemPackage] = FOR_TESTS) -> list[str]:
    """Names, on this distribution, of the packages that are not there."""
    here = distribution()
    return [package.name_on(here) for package in packages if package.find() is None]


def apt_commands(names: Sequence[str]) -> list[list[str]]:
    """The commands, as root, that install these packages."""
    return [
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *names],
    ]


def install(names: Sequence[str]) -> None:
    """Install packages as root; without the right to, raise SetupError with the exact command."""
    commands = apt_commands(names)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(
            "缺少系统软件包，请先运行(其他发行版请安装同名软件):",
            "System packages are missing; run this first (elsewhere, install their like):",
            command=" && ".join(f"sudo {' '.join(command)}" for command in commands),
            status=NOT_READY,
        )
    listed = " ".join(names)
    say(f"正在安装系统软件包：{listed}", f"Installing system packages: {listed}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            raise SetupError(
                "系统软件包没有装上，原因见上。",
                "The system packages could not be installed; the reason is above.",
                command=" ".join(command),
                status=NOT_READY,
            )
