"""Every action that the audit trail may hold has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from server.attendance.terminals.command_models import CommandKind
from server.audit_words import ACTION_WORDS, action_words
from server.queueing.states import TicketAction
from server.settings import PROJECT_ROOT

NOTING = {"audit", "note_change", "end_duty", "_note"}
PARTS = {"Part"}


def calls(names: set[str]) -> Iterator[ast.Call]:
    for folder in ("server", "kiosk", "counter", "display"):
        for path in (PROJECT_ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and called(node) in names:
                    yield node


def called(node: ast.Call) -> str:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else None
    return name or (node.func.id if isinstance(node.func, ast.Name) else "")


def literals(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def noted() -> set[str]:
    """The actions that are written out where they are noted."""
    found = {
        text
        for call in calls(NOTING)
        for argument in call.args
        if isinstance(argument, ast.Constant | ast.IfExp)
        for text in literals(argument)
    }
    return {text for text in found if "." in text and text.replace(".", "").isascii()}


def kinds() -> set[str]:
    """The actions that are put together."""
    parts = {next(literals(call.args[0])) for call in calls(PARTS) if call.args}
    return (
        {f"ticket.{action}" for action in TicketAction}
        | {f"terminal.{kind}" for kind in CommandKind}
        | {f"{part}.{done}" for part in parts for done in ("add", "change")}
        | {"device.pair", "device.replace"}
    )


def test_every_action_has_words() -> None:
    assert len(noted()) > 50
    assert noted() | kinds() <= ACTION_WORDS.keys()


def test_an_unknown_action_is_called_by_its_code() -> None:
    assert action_words("ghost.dance") == "ghost.dance"
