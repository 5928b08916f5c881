"""Slow calls out of the event loop: hashing must not hold up the hall."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gevent
from gevent.monkey import is_module_patched

P = ParamSpec("P")
R = TypeVar("R")


def offload(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a blocking call in a real thread under gevent; directly where there is no event loop."""
    if not is_module_patched("threading"):
        return call(*args, **kwargs)
    result: R = gevent.get_hub().threadpool.apply(call, args, kwargs)
    return result
