"""The signed cookie that holds a browser's form token, kept under the path we are served at."""

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface


class FormSessions(SecureCookieSessionInterface):
    """Flask's cookie session, one per path prefix: two prefixes in one browser do not mix."""

    def get_cookie_path(self, app: Flask) -> str:
        """The prefix of this request."""
        return (request.script_root if has_request_context() else "") or "/"
