"""Runs SIMULATED devices for the demonstration and for tests: `python -m drivers.simulators`.

Each speaks its real wire protocol on a port of its own. A small control server on the loopback
address shows what they are doing and breaks them on demand:

    GET /<name>/state   GET /<name>/picture.png   POST /<name>/command {"command", "arguments"}
"""

import argparse
import json
import logging
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from drivers.escpos.simulator import PrinterSimulator
from drivers.idcard.simulator import IdReaderSimulator
from drivers.led.signs import SignProtocol
from drivers.led.simulator import LedSimulator
from drivers.panel.simulator import PanelSimulator
from drivers.process import configure_logs, stop_on_signal
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulator import Simulator
from drivers.zkteco.simulator import SimulatedTerminal

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LONGEST_COMMAND_BYTES = 64 * 1024

Make = Callable[[str, int, dict[str, Any]], Simulator]


def _printer(name: str, port: int, options: dict[str, Any]) -> Simulator:
    return PrinterSimulator(name, port=port, **options)


def _led_sign(name: str, port: int, options: dict[str, Any]) -> Simulator:
    protocol = SignProtocol(options.pop("protocol", SignProtocol.ONBON))
    return LedSimulator(name, protocol, port=port, **options)


def _terminal(name: str, port: int, options: dict[str, Any]) -> Simulator:
    users = options.pop("users", [])
    terminal = SimulatedTerminal(name, port=port, **options)
    for user in users:
        terminal.command("enrol", pin=user["pin"], full_name=user["name"])
    return terminal


def _panel_bus(name: str, port: int, options: dict[str, Any]) -> Simulator:
    panels, pads = (map(int, options.get(kind, {})) for kind in ("panels", "pads"))
    return PanelSimulator(name, panels, pads, port=port)


def _id_reader(name: str, port: int, options: dict[str, Any]) -> Simulator:
    return IdReaderSimulator(name, port=port, **options)


def _scanner(name: str, port: int, options: dict[str, Any]) -> Simulator:
    return ScannerSimulator(name, port=port, **options)


MAKERS: Mapping[str, Make] = {
    "printer": _printer,
    "led_sign": _led_sign,
    "terminal": _terminal,
    "panel_bus": _panel_bus,
    "id_reader": _id_reader,
    "scanner": _scanner,
}


def make_simulators(plan: list[dict[str, Any]]) -> dict[str, Simulator]:
    """Simulators from a plan: `[{"name", "kind", "port", "options"}]`."""
    return {
        entry["name"]: MAKERS[entry["kind"]](
            entry["name"], entry.get("port", 0), dict(entry.get("options", {}))
        )
        for entry in plan
    }


class ControlServer(ThreadingHTTPServer):
    """The control server over a set of simulators."""

    daemon_threads = True

    def __init__(self, port: int, simulators: Mapping[str, Simulator]) -> None:
        super().__init__((LOOPBACK, port), ControlHandler)
        self.simulators = simulators


class ControlHandler(BaseHTTPRequestHandler):
    """Answers one control request."""

    server: ControlServer

    def do_GET(self) -> None:
        """State, or picture."""
        simulator, what = self._addressed()
        if simulator is None:
            self._json(HTTPStatus.NOT_FOUND, {"error": "no such simulator"})
        elif what == "state":
            state = simulator.state() | {"commands": list(simulator.commands())}
            self._json(HTTPStatus.OK, state)
        elif what == "picture.png":
            self._picture(simulator.picture())
        else:
            self._json(HTTPStatus.NOT_FOUND, {"error": "ask for state or picture.png"})

    def do_POST(self) -> None:
        """Do something to a simulator, or break it."""
        simulator, what = self._addressed()
        if simulator is None or what != "command":
            self._json(HTTPStatus.NOT_FOUND, {"error": "no such simulator"})
            return
        size = min(int(self.headers.get("Content-Length", 0)), LONGEST_COMMAND_BYTES)
        try:
            body = json.loads(self.rfile.read(size))
            result = simulator.command(body["command"], **body.get("arguments", {}))
        except (ValueError, KeyError, TypeError) as error:
            self._json(HTTPStatus.BAD_REQUEST, {"error": str(error)})
        else:
            self._json(HTTPStatus.OK, result)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are not worth a line each."""

    def _addressed(self) -> tuple[Simulator | None, str]:
        name, _slash, what = self.path.split("?")[0].strip("/").partition("/")
        return self.server.simulators.get(name), what

    def _picture(self, png: bytes | None) -> None:
        if png is None:
            self._json(HTTPStatus.NOT_FOUND, {"error": "nothing to see yet"})
            return
        self._send(HTTPStatus.OK, "image/png", png)

    def _json(self, status: HTTPStatus, body: Mapping[str, object]) -> None:
        self._send(status, "application/json", json.dumps(body, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Run the simulators of a plan until told to stop."""
    parser = argparse.ArgumentParser(description="SIMULATED devices, never for a real hall")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--end-with-stdin", action="store_true")
    arguments = parser.parse_args()
    configure_logs()
    simulators = make_simulators(json.loads(arguments.plan.read_text(encoding="utf-8")))
    for simulator in simulators.values():
        simulator.start()
        log.warning("SIMULATED device", extra={"device": simulator.name, "at": simulator.address})
    control = ControlServer(arguments.port, simulators)
    stopping = threading.Event()
    stop_on_signal(stopping.set, end_with_stdin=arguments.end_with_stdin)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    stopping.wait()
    control.shutdown()
    for simulator in simulators.values():
        simulator.stop()


if __name__ == "__main__":
    main()
