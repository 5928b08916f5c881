"""Every sentence that the product says, read out of its sources."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("server", "kiosk", "counter", "display")
MARKS = {"_", "N_"}
SCRIPT_SENTENCE = re.compile(r"\b(?:t|rich|N_)\(\s*\"((?:[^\"\\]|\\.)*)\"")


def sources(suffix: str) -> Iterator[Path]:
    """The product's own files of this kind."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob(f"*{suffix}")):
            if "vendor" not in path.parts:
                yield path


def in_python() -> Iterator[tuple[str, Path]]:
    """Sentences marked in Python."""
    for path in sources(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=name), args=[ast.Constant(value=str(sentence)), *_]
                ) if name in MARKS:
                    yield sentence, path


def in_templates() -> Iterator[tuple[str, Path]]:
    """Sentences marked in page templates."""
    environment = Environment(autoescape=True)
    for path in sources(".html"):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            match call:
                case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=sentence), *_]):
                    yield str(sentence), path


def in_scripts() -> Iterator[tuple[str, Path]]:
    """Sentences marked in the pages' scripts."""
    for path in sources(".js"):
        for sentence in SCRIPT_SENTENCE.findall(path.read_text(encoding="utf-8")):
            yield sentence, path


def in_settings() -> Iterator[tuple[str, Path]]:
    """Sentences that a hall begins with and may change."""
    path = ROOT / "config" / "queue.toml"
    for words in tomllib.loads(path.read_text(encoding="utf-8"))["pause_reasons"].values():
        yield words, path


def all_sentences() -> dict[str, Path]:
    """Each sentence, and one place that says it."""
    return dict([*in_python(), *in_templates(), *in_scripts(), *in_settings()])
