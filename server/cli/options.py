"""Options that several commands take."""

import click

PORT = click.IntRange(1, 65535)

allow_simulators_option = click.option(
    "--allow-simulators",
    is_flag=True,
    help="也运行模拟设备(仅供试用) run simulated devices too, for a trial only",
)
