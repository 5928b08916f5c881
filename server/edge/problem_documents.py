"""Errors as problem documents (RFC 9457), in the caller's language."""

import json
import logging
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from pydantic import BaseModel
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from server.edge.language import _
from server.i18n import N_
from server.problems import Conflict, FormExpired, Invalid, NotSignedIn, Problem, Unavailable

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2

HTTP_TITLES = {
    400: N_("请求有误"),
    404: N_("没有找到"),
    405: N_("不支持这种操作"),
    413: N_("提交的内容过大"),
    415: N_("不支持这种内容格式"),
    422: N_("填写的内容有误"),
    429: N_("操作过于频繁，请稍后再试"),
}


def document(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """A problem document; `more` are its extension members, left out when None."""
    body: dict[str, Any] = {
        "type": f"urn:hallkeeper:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    body.update({key: value for key, value in more.items() if value is not None})
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def problem_document(problem: Problem) -> Response:
    """A use case's error as a document."""
    current = problem.current
    response = document(
        problem.status,
        problem.code,
        _(problem.title),
        _(problem.detail, **problem.parameters),
        current=current.model_dump(mode="json") if isinstance(current, BaseModel) else current,
    )
    return _retry_after(problem, response)


def wants_page() -> bool:
    """Whether a person looks at the answer in a browser."""
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html


def _problem(problem: Problem) -> ResponseReturnValue:
    if not wants_page():
        return problem_document(problem)
    if isinstance(problem, NotSignedIn):
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("admin.login", next=back))
    page = render_template(
        "problem.html", title=_(problem.title), detail=_(problem.detail, **problem.parameters)
    )
    return _retry_after(problem, Response(page, status=problem.status))


def _retry_after(problem: Problem, response: Response) -> Response:
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _form_expired(_error: CSRFError) -> ResponseReturnValue:
    return _problem(FormExpired(N_("页面已过期，请刷新后重试")))


def _validation(error: HTTPError) -> Response:
    """APIFlask found the body or a parameter wrong: name the fields."""
    if error.status_code != Invalid.status:
        title = _(HTTP_TITLES.get(error.status_code, N_("请求有误")))
        return document(error.status_code, "bad-request", title, title)
    detail = _(N_("请检查标出的内容后重新提交"))
    return document(Invalid.status, Invalid.code, _(Invalid.title), detail, fields=error.detail)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 - redirects pass
        return error.get_response()
    title = _(HTTP_TITLES.get(status, N_("请求有误")))
    if wants_page():
        return Response(render_template("problem.html", title=title, detail=""), status=status)
    response = document(status, error.name.lower().replace(" ", "-"), title, title)
    for name, value in error.get_response().headers.items():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _database_busy(error: OperationalError | PoolTimeoutError) -> ResponseReturnValue:
    # An OperationalError's own text would put the statement's values into the log.
    log.warning("database does not answer: %s", getattr(error, "orig", error))
    return _problem(
        Unavailable(N_("系统正忙，请稍候再试；您的操作没有生效"), retry_after=RETRY_SECONDS)
    )


def _not_storable(error: DataError) -> ResponseReturnValue:
    log.warning("the database cannot store a value: %s", error.orig)
    return _problem(Invalid(N_("请检查标出的内容后重新提交")))


def _contradicted(error: IntegrityError) -> ResponseReturnValue:
    # Only the first line: PostgreSQL adds the values in the next.
    log.warning("another change came first: %s", str(error.orig).partition("\n")[0])
    return _problem(Conflict(N_("刚刚有人做了与此冲突的修改，请刷新后重试")))


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("request failed", exc_info=error)
    title = _(N_("系统出错了"))
    detail = _(N_("您的操作没有生效，请重试；如仍不行，请告诉管理员"))
    if wants_page():
        return Response(render_template("problem.html", title=title, detail=detail), status=500)
    return document(500, "internal-error", title, detail)


def install_problems(app: APIFlask) -> None:
    """Answer every error with a problem document, or a page where a person looks."""
    app.register_error_handler(Problem, _problem)
    app.error_processor(_validation)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(IntegrityError, _contradicted)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(PoolTimeoutError, _database_busy)
    app.register_error_handler(Exception, _unexpected)
