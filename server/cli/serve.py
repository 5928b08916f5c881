"""`hall serve`: the web process and the local device agent."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import select

from drivers.escpos.device import DEADLINE
from drivers.process import configure_logs
from server.catalogue.models import Hall
from server.cli.listening import require_free_address, warn_of_unknown_address
from server.cli.opening import prepare_workplace, settings_from, sole_server
from server.cli.options import PORT, allow_simulators_option
from server.cli.supervisor import Child, Supervisor
from server.devices.models import Device, DeviceKind
from server.devices.pairing import issue_credential
from server.devices.registry import LOCAL_AGENT
from server.security.accounts import new_setup_token
from server.security.tokens import token_hash
from server.settings import Settings
from server.work import Workplace

LIVEZ_TIMEOUT_SECONDS = 3
LOOK_SECONDS = 3.0  # how often to see whether the hall has been set up
# Told to end, the agent still tells the hall what became of the paper that is coming out.
AGENT_STOP_SECONDS = DEADLINE + 5


@click.command()
@click.option("--host", help="监听地址 address to listen on, e.g. 0.0.0.0")
@click.option("--port", type=PORT, help="端口 port")
@click.option("--data-dir", type=click.Path(path_type=Path), help="数据目录 data folder")
@click.option("--public-url", help="对外地址 address that citizens and other PCs open")
@allow_simulators_option
def serve(
    host: str | None,
    port: int | None,
    data_dir: Path | None,
    public_url: str | None,
    allow_simulators: bool,
) -> None:
    """启动大厅服务 Run a hall."""
    configure_logs()
    settings = settings_from(host=host, port=port, data_dir=data_dir, public_url=public_url)
    warn_of_unknown_address(settings)
    with sole_server(settings.data_dir):
        require_free_address(settings)
        workplace = prepare_workplace(settings)
        if not has_hall(workplace):
            announce_setup(workplace, settings)
        supervisor = Supervisor()
        supervisor.add(web_child(settings))
        supervisor.run(
            each_round=agent_when_ready(
                supervisor, workplace, settings, simulators=allow_simulators
            )
        )


def has_hall(workplace: Workplace) -> bool:
    """Whether a hall has been set up."""
    with workplace.database.read() as session:
        return session.scalar(select(Hall.id).limit(1)) is not None


def announce_setup(workplace: Workplace, settings: Settings) -> None:
    """Print the one-time address of the set-up page."""
    with workplace.database.write() as session:
        token = new_setup_token(session, workplace.clock())
    click.secho(
        "\n  请在浏览器中打开下面的一次性地址，设置大厅和管理员:\n"
        "  Open this one-time address to set up the hall and its administrator:\n\n"
        f"    {settings.base_url}/setup/{token}\n",
        bold=True,
    )


def web_child(settings: Settings) -> Child:
    """The web process, watched by its liveness address."""
    return Child(
        "web", ["server.web"], process_environment(settings), alive=liveness(settings.local_url)
    )


def agent_when_ready(
    supervisor: Supervisor, workplace: Workplace, settings: Settings, *, simulators: bool
) -> Callable[[], None]:
    """Starts the local agent once there is a hall that it can belong to."""
    started = False
    look_at = 0.0

    def each_round() -> None:
        nonlocal started, look_at
        now = time.monotonic()
        if started or now < look_at:
            return
        look_at = now + LOOK_SECONDS
        if has_hall(workplace):
            supervisor.add(agent_child(workplace, settings, simulators=simulators))
            started = True

    return each_round


def agent_child(workplace: Workplace, settings: Settings, *, simulators: bool) -> Child:
    """The local agent, with a credential that only this machine's user can read.

    Without `simulators` it runs no simulated device: a real hall must not print into the void.
    """
    token_file = settings.data_dir / "agent.token"
    _ensure_local_agent(workplace, token_file)
    arguments = [
        "drivers.agent",
        "--server",
        settings.local_url,
        "--token-file",
        str(token_file),
        "--end-with-stdin",
        *(["--simulators"] if simulators else []),
    ]
    return Child("agent", arguments, {}, stop_seconds=AGENT_STOP_SECONDS)


def _ensure_local_agent(workplace: Workplace, token_file: Path) -> None:
    token = token_file.read_text(encoding="ascii") if token_file.exists() else ""
    with workplace.database.write() as session:
        hall_id = session.scalars(select(Hall.id).order_by(Hall.id)).first()
        agent = session.scalar(
            select(Device).where(
                Device.hall_id == hall_id,
                Device.kind == DeviceKind.AGENT,
                Device.name == LOCAL_AGENT,
            )
        )
        if agent is None:
            agent = Device(hall_id=hall_id, kind=DeviceKind.AGENT, name=LOCAL_AGENT)
            session.add(agent)
        if not token or agent.token_hash != token_hash(token):
            token = issue_credential(agent)
            token_file.touch(mode=0o600)
            token_file.write_text(token, encoding="ascii")


def process_environment(settings: Settings) -> dict[str, str]:
    """The settings in force, for a child process."""
    values = {
        "DATA_DIR": str(settings.data_dir.resolve()),
        "DATABASE_URL": settings.database_url,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url,
        "SIMULATORS_URL": settings.simulators_url,
    }
    return {f"HALLKEEPER_{name}": value for name, value in values.items() if value is not None}


def liveness(local_url: str) -> Callable[[], bool]:
    """A check that asks the web process whether it answers."""
    address = f"{local_url}/livez"

    def alive() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=LIVEZ_TIMEOUT_SECONDS):  # noqa: S310 - ours
                return True
        except (urllib.error.URLError, OSError):
            return False

    return alive
