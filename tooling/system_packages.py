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

    def is_present(self, root: Path = Path("/")) -> bool:
        """Whether a program is on PATH, or a file (a glob below `root`) exists."""
        on_path = any(shutil.which(program) for program in self.programs)
        return on_path or any(True for pattern in self.files for _ in root.glob(pattern))

    def name_on(self, distribution: str) -> str:
        """What the distribution with this os-release ID calls the package."""
        return self.other_names.get(distribution, self.name)


FOR_TESTS = (
    SystemPackage(
        "chromium",
        programs=("chromium", "chromium-browser", "google-chrome"),
        other_names={"ubuntu": "chromium-browser"},
    ),
    SystemPackage("fonts-wqy-microhei", files=("usr/share/fonts/**/wqy-microhei.ttc",)),
    SystemPackage("postgresql", programs=("initdb",), files=("usr/lib/postgresql/*/bin/initdb",)),
    SystemPackage("redis-server", programs=("redis-server",)),
    SystemPackage("espeak-ng", programs=("espeak-ng",)),
    SystemPackage("tesseract-ocr", programs=("tesseract",)),
    SystemPackage(
        "tesseract-ocr-chi-sim", files=("usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata",)
    ),
    SystemPackage("socat", programs=("socat",)),
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
    return [package.name_on(here) for package in packages if not package.is_present()]


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
            "缺少系统软件包,请先运行(其他发行版请安装同名软件):",
            "System packages are missing; run this first (elsewhere, install their like):",
            command=" && ".join(f"sudo {' '.join(command)}" for command in commands),
            status=NOT_READY,
        )
    listed = " ".join(names)
    say(f"正在安装系统软件包:{listed}", f"Installing system packages: {listed}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            raise SetupError(
                "系统软件包没有装上,原因见上。",
                "The system packages could not be installed; the reason is above.",
                command=" ".join(command),
                status=NOT_READY,
            )
