"""`hall`: one command for the whole hall."""

import click

from server import __version__
from server.cli.agent import agent
from server.cli.db import db
from server.cli.demo import demo
from server.cli.doctor import doctor
from server.cli.import_ import import_
from server.cli.rules import rules
from server.cli.serve import serve
from server.cli.terminals import terminals
from server.cli.user import user


@click.group()
@click.version_option(__version__, prog_name="hall")
def main() -> None:
    """厅管家 Hallkeeper:政务服务大厅的取号、叫号、显示与考勤。"""


for command in (serve, demo, agent, db, user, import_, rules, terminals, doctor):
    main.add_command(command)
