"""The commands of `bootstrap.py`."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from tooling import gate, system_packages
from tooling.environment import Environment
from tooling.lock import lock
from tooling.messages import INTERRUPTED, WRONG_USE, SetupError, accept_any_terminal, say

ROOT = Path(__file__).resolve().parent.parent
VOICE = "--voice"

USAGE = """\
用法 Usage: python3 bootstrap.py 命令 COMMAND

  demo [...]     准备环境并启动示例大厅     set up, then start the sample hall: hall demo ...
  serve [...]    准备环境并启动正式大厅     set up, then start a real hall: hall serve ...
  install [--voice]
                 只准备环境                 set up only
                 --voice:加上自然语音       --voice: with the natural voice
  test [--fast] [-- ...]
                 运行全部检查与测试         run every check and test
                 --fast:不用浏览器与服务   --fast: without browser, services and faults
                 --:其后的参数交给 pytest  --: what follows goes to pytest
  lock [...]     重新锁定依赖版本           pin the requirements again: uv pip compile ...
"""


def hall(command: str, arguments: Sequence[str]) -> int:
    """Make the environment and become `hall COMMAND` with the same arguments."""
    environment = Environment(ROOT)
    environment.ensure("run")
    program = str(environment.program("hall"))
    os.execv(program, [program, command, *arguments])  # noqa: S606 - our own program


def install(arguments: Sequence[str]) -> int:
    """Make the environment only; with the natural voice if that is wanted."""
    if list(arguments) not in ([], [VOICE]):
        raise SetupError(
            f"install 只认识 {VOICE}。", f"install knows {VOICE} alone.", status=WRONG_USE
        )
    environment = Environment(ROOT)
    environment.ensure("run", *(["voice"] if arguments else []))
    say(
        "环境已就绪，现在可以运行：",
        "The environment is ready; now you can run:",
        command=str(environment.program("hall")),
    )
    return 0


def run_gate(arguments: Sequence[str]) -> int:
    """Run the quality gate; 0 when every step passed."""
    fast, pytest_arguments = gate_options(arguments)
    absent = [] if fast else system_packages.missing()
    if absent:
        system_packages.install(absent)
    environment = Environment(ROOT)
    environment.ensure("run", "test")
    checks = gate.steps(environment, fast=fast, pytest_arguments=pytest_arguments)
    outcomes = gate.run_all(checks, ROOT)
    print(gate.summary(outcomes, gate.pytest_counts(gate.report_path(ROOT))))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def gate_options(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether the fast set is wanted, and pytest's own arguments (those after `--`)."""
    options, pytest_arguments = list(arguments), []
    if "--" in options:
        cut = options.index("--")
        options, pytest_arguments = options[:cut], options[cut + 1 :]
    unknown = [option for option in options if option != "--fast"]
    if unknown:
        raise SetupError(
            f"test 不认识 {unknown[0]};pytest 的参数请写在 -- 之后。",
            f"test does not know {unknown[0]}; pytest's arguments go after --.",
            status=WRONG_USE,
        )
    return bool(options), pytest_arguments


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "demo": partial(hall, "demo"),
    "serve": partial(hall, "serve"),
    "install": install,
    "test": run_gate,
    "lock": partial(lock, ROOT),
}


def run(arguments: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return the exit status."""
    accept_any_terminal()
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", ())
    if name in {"-h", "--help", "help"}:
        print(USAGE)
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(USAGE, file=sys.stderr)
        return WRONG_USE
    try:
        return command(rest)
    except SetupError as error:
        say(error.chinese, error.english, command=error.command, stream=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        say("已中断。", "Interrupted.", stream=sys.stderr)
        return INTERRUPTED
