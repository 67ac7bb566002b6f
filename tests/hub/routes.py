"""Routes: which handler answers which method and path."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from .messages import Request, Response


@dataclass(frozen=True)
class Route:
    """A handler and what it answers; `step` names the place in a push for faults."""

    method: str
    pattern: re.Pattern[str]
    handler: Callable[..., Response]
    step: str | None = None


class Routes:
    """A table of routes, searched in the order they were added."""

    def __init__(self):
        self._routes: list[Route] = []

    def add(self, method: str, template: str, step: str | None = None) -> Callable:
        """Return a decorator that adds a handler.

        In the template `{name}` stands for one segment of the path and `{name*}` for all the rest.
        """
        pattern = re.sub(r"\{(\w+)\*\}", r"(?P<\1>.*)", template.replace(".", r"\."))
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", pattern)

        def decorate(handler: Callable[..., Response]) -> Callable[..., Response]:
            self._routes.append(Route(method, re.compile(pattern), handler, step))
            return handler

        return decorate

    def match(self, request: Request) -> Route | None:
        """Return the route of a request and set the request's params; None when there is none."""
        method = "GET" if request.method == "HEAD" else request.method
        for route in self._routes:
            match = route.pattern.fullmatch(request.path) if route.method == method else None
            if match:
                request.params = {
                    name: unquote(value or "") for name, value in match.groupdict().items()
                }
                return route
        return None
