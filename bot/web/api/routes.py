"""The routes of the API: a request comes in, is checked and done, and each refusal is told as a problem.

```
counted by its address (access) → a key that is known, with the scope (access) → header, query, body (reading)
  → the operation (contents, publications, figures, topics) → its answer, or a problem (telling)
```
"""

import re
from collections.abc import Awaitable, Callable
from functools import partial

import orjson
import structlog
from aiohttp import web
from pydantic import BaseModel

from bot.store.engine.database import DatabaseUnavailable
from bot.web.api import contents, figures, publications, topics
from bot.web.api.access import Doorkeeper
from bot.web.api.openapi import document
from bot.web.api.operation import ApiContext, ApiRequest, Operation, OperationAnswer
from bot.web.api.problems import ProblemCode, ProblemError, later
from bot.web.api.reading import body_of, query_of
from bot.web.api.telling import told

PATH = "/api/v1"

OPERATIONS: tuple[Operation, ...] = (
    *contents.OPERATIONS,
    *publications.OPERATIONS,
    *figures.OPERATIONS,
    *topics.OPERATIONS,
)

_RETRY_AFTER = 5
"""Seconds after which a database that could not be had is worth another try."""

_OURS = {"Cache-Control": "no-store"}
_REFUSED_BY_SERVER = {408: ProblemCode.TOO_SLOW, 413: ProblemCode.TOO_LARGE}

log = structlog.get_logger(__name__)

Handle = Callable[[web.Request], Awaitable[web.Response]]


def api_routes(context: ApiContext) -> list[web.RouteDef]:
    """Return the routes of all operations and of their description; anything else below them is a problem."""
    doorkeeper = Doorkeeper(context)
    handles: dict[str, dict[str, Handle]] = {}
    for operation in OPERATIONS:
        methods = handles.setdefault(operation.path, {})
        methods[operation.method] = partial(_done, context, doorkeeper, operation)
    handles["/openapi.json"] = {"GET": partial(_description, doorkeeper)}
    routes = [route for path, methods in handles.items() for route in _routes_at(f"{PATH}{path}", methods)]
    return [*routes, web.route("*", f"{PATH}{{rest:(/.*)?}}", _telling(_nothing))]


def _routes_at(path: str, methods: dict[str, Handle]) -> list[web.RouteDef]:
    """Return the routes of *path*; HEAD is answered where GET is, which aiohttp sees to."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)
    wrong = partial(_wrong_method, ", ".join(sorted(allowed)))
    return [
        *(web.route(method, path, _telling(handle)) for method, handle in methods.items()),
        web.route("*", path, _telling(wrong)),
    ]


def _telling(handle: Handle) -> Handle:
    """Return *handle* with every refusal and fault told as a problem."""

    async def answer(request: web.Request) -> web.Response:
        try:
            response = await handle(request)
        except ProblemError as problem:
            response = told(problem)
        response.headers.update(_OURS)
        return response

    return answer


async def _done(
    context: ApiContext, doorkeeper: Doorkeeper, operation: Operation, request: web.Request
) -> web.Response:
    """Do what is asked; raises ProblemError for whatever keeps it from being done."""
    try:
        return _response(await _answered(context, doorkeeper, operation, request))
    except ProblemError:
        raise
    except DatabaseUnavailable as error:
        log.warning("a request of the API has to wait", operation=operation.name, error=str(error))
        raise later(ProblemCode.UNAVAILABLE, _RETRY_AFTER) from None
    except web.HTTPException as refused:
        raise ProblemError(_REFUSED_BY_SERVER.get(refused.status, ProblemCode.MALFORMED_JSON)) from None
    except Exception as fault:
        log.exception("a request of the API failed by our own fault", operation=operation.name)
        raise ProblemError(ProblemCode.OUR_FAULT) from fault


async def _answered(
    context: ApiContext, doorkeeper: Doorkeeper, operation: Operation, request: web.Request
) -> OperationAnswer:
    doorkeeper.count(request)
    key = await doorkeeper.admit(request, operation.scope)
    header = _header(operation, request)
    query = query_of(request, operation.query)
    body: BaseModel | None = await body_of(request, operation.body) if operation.body else None
    return await operation.handle(context, ApiRequest(key, request.match_info, query, body, header))


def _header(operation: Operation, request: web.Request) -> str:
    """Return the header that the operation needs, if it needs one."""
    if operation.header is None:
        return ""
    given = request.headers.getall(operation.header.name, [])
    if len(given) != 1 or not re.fullmatch(operation.header.pattern, given[0]):
        raise ProblemError(operation.header.lacking)
    return given[0]


def _response(answer: OperationAnswer) -> web.Response:
    headers = dict(answer.headers)
    if location := headers.get("Location"):
        headers["Location"] = f"{PATH}{location}"
    return web.Response(
        text=answer.model.model_dump_json(),
        status=answer.status,
        content_type="application/json",
        charset="utf-8",
        headers=headers,
    )


async def _description(doorkeeper: Doorkeeper, request: web.Request) -> web.Response:
    """Return the OpenAPI document, to anybody: it tells nothing of what is stored."""
    doorkeeper.count(request)
    body = orjson.dumps(document(OPERATIONS, path=PATH), option=orjson.OPT_INDENT_2)
    return web.Response(body=body, content_type="application/json")


async def _wrong_method(allowed: str, request: web.Request) -> web.Response:
    del request
    raise ProblemError(ProblemCode.METHOD_NOT_ALLOWED, headers={"Allow": allowed})


async def _nothing(request: web.Request) -> web.Response:
    del request
    raise ProblemError(ProblemCode.NOT_FOUND)
