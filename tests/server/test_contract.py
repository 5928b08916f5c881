"""Whatever is sent to the API, it answers as its own document says."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis.strategies import datetimes
from schemathesis.schemas import BaseSchema
from werkzeug.wsgi import ClosingIterator

from server.admin.entrance import limiter
from server.app import create_app
from server.database import Database
from server.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.fixtures import ONE_OF_EACH
from tests.builders.site import Site, site_of

EXAMPLES = 8  # at random; the boundary cases of each operation come on top
# What may be said to data that breaks the contract; an address that does not match is a 404.
REFUSALS = [400, 401, 403, 404, 405, 409, 413, 422]

# Whose credential opens an address: the first that it begins with.
CALLERS = {
    "/api/agent/": "agent",
    "/api/counters": "clerk1",
    "/api/punches": "supervisor",
    "/api/display": "display",
    "/api/calls": "display",
    "/api/": "kiosk",
}


EARLIEST, LATEST = datetime(1990, 1, 1), datetime(2140, 1, 1)  # noqa: DTZ001 - terminals' clocks
schemathesis.openapi.format("date-time-local", datetimes(EARLIEST, LATEST).map(datetime.isoformat))


class Door:
    """A WSGI application that leads to the hall which is behind it at the moment."""

    behind: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; the answer is read to its end, as a client does."""
        with closing(ClosingIterator(self.behind(environ, start_response))) as answer:
            return [b"".join(answer)]


def served_document(door: Door) -> BaseSchema:
    """The document as the application serves it; pytest makes a test of each operation."""
    rejection = {"expected-statuses": REFUSALS}
    config = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": rejection}})
    with TemporaryDirectory() as folder:
        hallkeeper = create_app(Settings(data_dir=Path(folder)))
        with closing(hallkeeper.database):
            door.behind = hallkeeper.app
            return schemathesis.openapi.from_wsgi("/openapi.json", door, config=config)


door = Door()
contract = served_document(door)


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One hall for all operations, in which people wait and are served."""
    folder = tmp_path_factory.mktemp("contract")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'hall.db')}"
    with (
        closing(Database(url)) as database,
        site_of(ONE_OF_EACH.build(database, HandClock()), folder) as site,
    ):
        clerk = site.hall.clerk(1)
        site.hall.take("A")
        clerk.next()
        site.hall.take("A")
        yield site


@pytest.fixture(scope="module")
def credentials(site: Site) -> Iterator[Callable[[str], dict[str, str]]]:
    """The headers of whoever may use an address."""
    door.behind = site.hallkeeper.app
    limiter.enabled = False

    @cache
    def headers(who: str) -> dict[str, str]:
        return site.visitor(who).credentials()

    yield lambda path: headers(next(CALLERS[start] for start in CALLERS if path.startswith(start)))
    limiter.enabled = True


@contract.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.filter_too_much])
def test_the_contract_is_kept(
    case: schemathesis.Case, credentials: Callable[[str], dict[str, str]]
) -> None:
    case.call_and_validate(headers=credentials(case.path))
