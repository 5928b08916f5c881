"""Adds the demonstration to the web application, in the demonstration only."""

from wsgiref.types import WSGIApplication

from server.app import Hallkeeper
from server.demo.routes import blueprint
from server.demo.seats import SeatPrefixes
from server.edge.access import require_rules
from server.settings import Settings


def with_demo(hallkeeper: Hallkeeper, settings: Settings) -> WSGIApplication:
    """The WSGI application to serve: in the demonstration with its page and seats."""
    app = hallkeeper.app
    if not settings.demo:
        return app
    app.register_blueprint(blueprint)
    require_rules(app)
    return SeatPrefixes(app)
