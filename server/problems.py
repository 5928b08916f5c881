"""The errors a use case may raise; turned into RFC 9457 problem documents at the edge, once."""

from collections.abc import Mapping
from typing import ClassVar

from server.i18n import N_


class Problem(Exception):
    """A request that cannot be carried out, with what to do about it.

    `code` is stable for programs; `title` and `detail` are catalogue messages filled with
    `parameters`; `current` is the fresh state that a stale client needs.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"
    title: ClassVar[str] = N_("请求有误")

    def __init__(
        self,
        detail: str,
        *,
        current: object = None,
        retry_after: int | None = None,
        **parameters: object,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameters: Mapping[str, object] = parameters
        self.current = current
        self.retry_after = retry_after


class NotFound(Problem):
    """The thing named does not exist in this hall."""

    status = 404
    code = "not-found"
    title = N_("没有找到")


class NotSignedIn(Problem):
    """The caller has shown no valid session or device credential."""

    status = 401
    code = "not-signed-in"
    title = N_("请先登录")


class NotAllowed(Problem):
    """The caller is known but may not do this."""

    status = 403
    code = "not-allowed"
    title = N_("没有权限")


class FormExpired(NotAllowed):
    """A command came without the token that our own pages send along."""

    code = "csrf"
    title = N_("页面已过期")


class Conflict(Problem):
    """The action does not fit the present state."""

    status = 409
    code = "conflict"
    title = N_("现在不能这样操作")


class Stale(Conflict):
    """The caller acted on an old state; `current` holds the fresh one."""

    code = "stale"
    title = N_("页面内容已更新")


class KeyReused(Problem):
    """An idempotency key came again with another request body."""

    status = 422
    code = "idempotency-key-reused"
    title = N_("重复的请求编号")


class Invalid(Problem):
    """A value is missing or wrong."""

    status = 422
    code = "invalid"
    title = N_("填写的内容有误")


class Unavailable(Problem):
    """The server cannot answer now; the caller should try again after `retry_after` seconds."""

    status = 503
    code = "unavailable"
    title = N_("系统正忙")
