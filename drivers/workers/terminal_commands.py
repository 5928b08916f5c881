"""What an administrator asks of a terminal, done by its worker."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from drivers.zkteco import people, worker
from drivers.zkteco.terminal import Terminal

PEOPLE_DEADLINE = timedelta(seconds=60)
_TOLD = ("uid", "pin", "name", "enabled", "privilege")


@dataclass(frozen=True, slots=True)
class CommandReport:
    """How far a command is, as the hall takes it."""

    state: str
    problem: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    users: list[dict[str, Any]] | None = None

    def message(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def _who(asked: Mapping[str, Any]) -> tuple[int, str]:
    return asked["uid"], asked["pin"]


def _create(terminal: Terminal, asked: Mapping[str, Any]) -> None:
    worker.run(PEOPLE_DEADLINE, people.create_user, terminal, asked["pin"], asked["name"])


def _rename(terminal: Terminal, asked: Mapping[str, Any]) -> None:
    worker.run(PEOPLE_DEADLINE, people.rename_user, terminal, *_who(asked), asked["name"])


def _enable(terminal: Terminal, asked: Mapping[str, Any]) -> None:
    enabled = asked["enabled"]
    worker.run(PEOPLE_DEADLINE, people.enable_user, terminal, *_who(asked), enabled=enabled)


def _delete(terminal: Terminal, asked: Mapping[str, Any]) -> None:
    worker.run(PEOPLE_DEADLINE, people.delete_user, terminal, asked["pin"], asked.get("uid"))


def _nothing(_terminal: Terminal, _asked: Mapping[str, Any]) -> None:
    """Only the list is wanted."""


PEOPLE_COMMANDS: Mapping[str, Callable[[Terminal, Mapping[str, Any]], None]] = {
    "list_users": _nothing,
    "create_user": _create,
    "rename_user": _rename,
    "enable_user": _enable,
    "delete_user": _delete,
}


def change_people(terminal: Terminal, kind: str, asked: Mapping[str, Any]) -> CommandReport:
    """Do it, then read everybody anew. Raises a TerminalError, KeyError for a missing argument."""
    PEOPLE_COMMANDS[kind](terminal, asked)
    users = worker.run(PEOPLE_DEADLINE, people.list_users, terminal)
    told = [{name: getattr(user, name) for name in _TOLD} for user in users]
    return CommandReport("done", result={"users": len(users)}, users=told)
