"""`hall demo`: a sample hall with every device simulated."""

from pathlib import Path

import click

from drivers.process import configure_logs
from server.app import secret_key
from server.cli.listening import require_free_address
from server.cli.opening import prepare_workplace, settings_from, sole_server
from server.cli.options import PORT
from server.cli.serve import agent_child, web_child
from server.cli.supervisor import Child, Supervisor
from server.demo.devices import (
    LOOPBACK,
    address_devices,
    choose_ports,
    free_port,
    simulator_plan,
)
from server.demo.sample_hall import load_sample_hall
from server.demo.seats import demo_key

DEMO_FOLDER = Path("var/demo")


@click.command()
@click.option("--port", type=PORT, help="端口 port (default 8080, or a free one)")
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    default=DEMO_FOLDER,
    show_default=True,
    help="数据目录 data folder",
)
def demo(port: int | None, data_dir: Path) -> None:
    """启动演示大厅 Run a sample hall; every device is simulated on its real wire protocol."""
    configure_logs()
    simulators_port = free_port()
    settings = settings_from(
        host=LOOPBACK,
        port=port if port is not None else free_port(8080),
        data_dir=data_dir,
        simulators_url=f"http://{LOOPBACK}:{simulators_port}",
    )
    with sole_server(settings.data_dir):
        require_free_address(settings)
        workplace = prepare_workplace(settings)
        sample = load_sample_hall(workplace)
        ports = choose_ports()
        address_devices(workplace, sample.hall_id, ports)
        plan = settings.data_dir / "simulators.json"
        plan.write_text(simulator_plan(workplace, ports), encoding="utf-8")
        key = demo_key(secret_key(settings.data_dir))
        _greet(f"{settings.base_url}/demo?key={key}", sample.passwords)
        supervisor = Supervisor()
        arguments = ["drivers.simulators", "--port", str(simulators_port), "--plan", str(plan)]
        supervisor.add(Child("simulators", [*arguments, "--end-with-stdin"], {}))
        supervisor.add(web_child(settings))
        supervisor.add(agent_child(workplace, settings, simulators=True))
        supervisor.run()


def _greet(address: str, passwords: dict[str, str]) -> None:
    click.secho(
        "\n  演示大厅(所有设备均为模拟)Sample hall, every device is simulated:\n", bold=True
    )
    click.secho(f"    {address}\n", bold=True)
    for username, password in passwords.items():
        click.echo(f"    {username:<12} {password}")
    if passwords:
        click.echo("\n  以上密码只显示这一次。These passwords are shown once only.\n")
