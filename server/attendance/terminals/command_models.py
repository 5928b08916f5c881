"""What people ask of terminals, and who is known on them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified


class CommandKind(StrEnum):
    """What a terminal is asked to do."""

    SYNC = "sync"
    SET_CLOCK = "set_clock"
    LIST_USERS = "list_users"
    CREATE_USER = "create_user"
    RENAME_USER = "rename_user"
    ENABLE_USER = "enable_user"
    DELETE_USER = "delete_user"


class CommandState(StrEnum):
    """How far a command is."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"


class TerminalCommand(Identified, Base):
    """Something asked of a terminal; its agent takes it, does it, and tells what came of it.

    `problem` is the driver's name for why it failed (drivers/zkteco/errors.py). `result` is how
    far it got while it is taken: records of a sync. A command whose agent died is taken again
    after `lease_until`; `attempt` counts how often it was taken.
    """

    __tablename__ = "terminal_commands"
    __table_args__ = (Index("ix_terminal_commands_open", "terminal_id", "state"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    kind: Mapped[CommandKind]
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[CommandState] = mapped_column(default=CommandState.WAITING)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    lease_until: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)


class TerminalUser(Identified, Base):
    """Somebody as a terminal knew them when it was last asked; no template, no password.

    `uid` is the terminal's own index, None where the terminal pushes by itself and tells none.
    `enrolled_at` is when the terminal last said that a finger or face was enrolled.
    """

    __tablename__ = "terminal_users"
    __table_args__ = (UniqueConstraint("terminal_id", "pin"),)

    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    uid: Mapped[int | None]
    pin: Mapped[str]
    name: Mapped[str]
    enabled: Mapped[bool]
    privilege: Mapped[int]
    enrolled_at: Mapped[datetime | None]
