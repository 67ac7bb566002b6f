"""The control of the test Hub itself, under `/test-hub/`: faults and the log of requests."""

from .errors import bad_request
from .faults import Fault
from .hub import Hub
from .messages import Request, Response, json_response
from .routes import Routes

routes = Routes()


@routes.add("POST", "/test-hub/faults")
def add_fault(hub: Hub, request: Request) -> Response:
    """Put a fault in force; the body has the fields of `Fault`."""
    try:
        hub.faults.add(Fault(**request.json()))
    except (TypeError, ValueError) as error:
        raise bad_request(str(error)) from error
    return json_response({})


@routes.add("DELETE", "/test-hub/faults")
def clear_faults(hub: Hub, request: Request) -> Response:
    """Make every step healthy."""
    hub.faults.clear()
    return json_response({})


@routes.add("GET", "/test-hub/log")
def log(hub: Hub, request: Request) -> Response:
    """List the requests so far, oldest first."""
    return json_response(hub.log)
