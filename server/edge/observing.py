"""Liveness, readiness and metrics; the number that each request carries through the logs."""

import secrets
import time

import structlog
from apiflask import APIBlueprint
from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server.edge.access import public
from server.edge.context import context

blueprint = APIBlueprint("observing", __name__, enable_openapi=False)

# The relay goes round every second; screens stand still when it does not.
RELAY_SILENCE_SECONDS = 10

# What strangers make up must not become series without end.
OTHER = "other"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})

REQUESTS = Counter(
    "hallkeeper_requests_total", "Requests answered", ["method", "endpoint", "status"]
)
SECONDS = Histogram("hallkeeper_request_seconds", "Time to answer a request", ["endpoint"])


@blueprint.get("/livez")
@public
def livez() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The process can use its database, and tells the screens what happens."""
    try:
        with context().database.read() as session:
            session.execute(text("SELECT 1 FROM halls LIMIT 1"))
    except SQLAlchemyError:
        return {"status": "database unavailable"}, 503
    if context().relay.silence > RELAY_SILENCE_SECONDS:
        return {"status": "screens are not told"}, 503
    return {"status": "ok"}


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Counters for Prometheus; they say nothing about any person."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def install_observing(app: Flask) -> None:
    """Number and time every request."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(6)
        g.started = time.perf_counter()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        endpoint = request.endpoint or OTHER
        method = request.method if request.method in METHODS else OTHER
        REQUESTS.labels(method, endpoint, response.status_code).inc()
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.started)
        response.headers["X-Request-Id"] = g.request_id
        structlog.contextvars.unbind_contextvars("request_id")
        return response

    app.register_blueprint(blueprint)
