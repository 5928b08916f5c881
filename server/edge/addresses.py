"""By which address visitors know this server."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from server.edge.context import context
from server.settings import Settings


def visitors_address() -> str:
    """The address for others to open, e.g. in QR codes, without a trailing slash."""
    settings = context().settings
    return settings.base_url if settings.address_is_known else request.host_url.rstrip("/")


def origin_check(settings: Settings) -> Callable[[str | None, Mapping[str, Any]], bool]:
    """Tells whether the pages of an origin may open sockets; takes the origin and the environ."""
    origins = frozenset(settings.origins)

    def is_ours(origin: str | None, environ: Mapping[str, Any]) -> bool:
        if origin in origins or settings.address_is_known:
            return origin in origins
        return origin == f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST')}"

    return is_ours
