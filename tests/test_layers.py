"""Contracts in `.importlinter` name modules by pattern; these claims keep the patterns whole."""

import configparser
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = "importlinter:contract:{}"


def patterns(contract: str) -> list[str]:
    """The modules that a contract speaks of; its ** stands for one name or more."""
    reader = configparser.ConfigParser()
    reader.read(ROOT / ".importlinter", encoding="utf-8")
    names = reader[CONTRACT.format(contract)]["source_modules"].split()
    return [name.replace("**", "*") for name in names]


def modules(package: str, file_pattern: str) -> Iterator[str]:
    """Dotted names of a package's files of that name."""
    for path in sorted((ROOT / package).rglob(file_pattern)):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize(
    ("contract", "package", "file_pattern"),
    [
        ("pure", "server", "*rules.py"),
        ("pure", "server", "*states.py"),
        ("codecs", "drivers", "*codec.py"),
        ("simulators", "drivers", "*simulator.py"),
        ("simulators", "drivers", "twin.py"),
    ],
)
def test_no_file_escapes_its_contract(contract: str, package: str, file_pattern: str) -> None:
    covered = patterns(contract)
    escaped = [
        module
        for module in modules(package, file_pattern)
        if not any(fnmatchcase(module, pattern) for pattern in covered)
    ]
    assert escaped == []
