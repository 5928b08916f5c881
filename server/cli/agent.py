"""`hall agent`: the device agent of a PC that has its own printer, sign or terminal."""

from pathlib import Path

import click

from drivers.agent import run_agent
from drivers.hall_api import pair
from drivers.process import configure_logs
from server.cli.options import allow_simulators_option


@click.command()
@click.option("--server", required=True, help="大厅服务地址 address of the hall's server")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    default=Path("var/agent.token"),
    show_default=True,
    help="凭证文件 where this agent keeps its credential",
)
@allow_simulators_option
def agent(server: str, token_file: Path, allow_simulators: bool) -> None:
    """运行本机的设备代理 Run this PC's devices; pairs with the hall at the first start."""
    configure_logs()
    if not token_file.exists():
        pair(server, token_file, show_code=_show_code)
    run_agent(server, token_file, simulators=allow_simulators)


def _show_code(code: str) -> None:
    click.secho(
        f"\n  请管理员在“设备”页面输入配对码：{code}"
        f"\n  Let an administrator type this pairing code on the devices page: {code}\n",
        bold=True,
    )
