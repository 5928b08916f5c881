"""Reads presets from TOML files; what is wrong with one is said with where and what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from server.attendance.presets.advice import ADVICE
from server.attendance.presets.preset import Preset

SECTIONS = ("hall", "attendance", "assessment")


@dataclass(frozen=True, slots=True)
class PresetProblem:
    """One thing that is wrong with a preset: where, what, and what to do about it."""

    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}。{self.todo}。"


class PresetError(ValueError):
    """A preset cannot be used; carries every problem found."""

    def __init__(self, problems: tuple[PresetProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_preset(path: Path) -> Preset:
    """The preset in a file; raises PresetError with all its problems, OSError if unreadable."""
    return parse_preset(path.read_bytes())


def check_preset(content: bytes) -> tuple[PresetProblem, ...]:
    """The problems of a preset file's content; none when it can be used."""
    try:
        parse_preset(content)
    except PresetError as error:
        return error.problems
    return ()


def parse_preset(content: bytes) -> Preset:
    """A preset from TOML in UTF-8; raises PresetError."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PresetError((_unreadable("不是 UTF-8 编码", "请另存为 UTF-8 编码"),)) from None
    except tomllib.TOMLDecodeError as error:
        raise PresetError(
            (_unreadable(f"写法有误({error})", "请检查所指行的引号和括号"),)
        ) from error
    problems = [
        PresetProblem(name, "不认识这一节", f"可用的节有：{'、'.join(SECTIONS)}，请检查拼写")
        for name in document
        if name not in SECTIONS
    ]
    try:
        preset = Preset.model_validate(document)
    except ValidationError as error:
        problems += [_problem(dict(each)) for each in error.errors(include_url=False)]
        raise PresetError(tuple(problems)) from error
    if problems:
        raise PresetError(tuple(problems))
    return preset


def _unreadable(what: str, todo: str) -> PresetProblem:
    return PresetProblem("文件", what, todo)


def _problem(error: Mapping[str, Any]) -> PresetProblem:
    """A validation error in words; one without advice keeps the validator's own message."""
    where = _where(error["loc"])
    if error["type"] not in ADVICE:
        return PresetProblem(where, error["msg"], "请改正后再检查一次")
    what, todo = ADVICE[error["type"]]
    values = {"input": error["input"], **error.get("ctx", {})}
    return PresetProblem(where, what.format(**values), todo.format(**values))


def _where(location: tuple[int | str, ...]) -> str:
    """`attendance.lateness 第2项 grace_minutes`, counting from one."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f" 第{part + 1}项"
        else:
            text += f"{'' if not text else ' ' if text[-1] == '项' else '.'}{part}"
    return text
