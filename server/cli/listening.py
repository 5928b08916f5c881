"""Where the web process will listen: looked at before it is started."""

import socket

import click

from server.settings import Settings


def require_free_address(settings: Settings) -> None:
    """Make sure that the web process can listen. Raises ClickException with what to do if not."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, _kind, _protocol, _name, address = found[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        raise click.ClickException(
            f"不能在 {settings.host} 的 {settings.port} 端口上提供服务({error.strerror}),"
            f"请换一个端口(--port)或地址(--host)。"
            f" Cannot listen at {settings.host}, port {settings.port} ({error.strerror});"
            f" choose another --port or --host."
        ) from error


def warn_of_unknown_address(settings: Settings) -> None:
    """Say loudly that citizens' phones may not find their tickets' pages."""
    if not settings.address_is_known:
        click.secho(
            "\n  注意：没有设置对外地址。二维码将使用取号机所用的地址，在取号机本机用 127.0.0.1"
            " 打开时手机无法访问。\n  请用 --public-url http://本机地址：端口 启动。\n"
            "  Attention: no public address is set. QR codes will carry the address that the kiosk"
            " uses,\n  which phones cannot open if that is 127.0.0.1. Start with"
            " --public-url http://this-machine:port.\n",
            fg="yellow",
            bold=True,
        )
