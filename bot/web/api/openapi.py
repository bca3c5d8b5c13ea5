"""The OpenAPI document, made from the operations and from the models that check what they take and give."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.api.models import ShownProblem
from bot.web.api.operation import Operation
from bot.web.api.problems import ANYWHERE, MEDIA_TYPE, PROBLEMS, ProblemCode

_REFERENCE = "#/components/schemas/{model}"
_SECURITY = "key"
_TEXT = {"schema": {"type": "string"}}
_HEADERS_OF_STATUS = {
    401: {"WWW-Authenticate": _TEXT},
    405: {"Allow": _TEXT},
    429: {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}, "description": "Seconds."}},
    503: {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}, "description": "Seconds."}},
}


def document(operations: Sequence[Operation], *, path: str) -> dict[str, Any]:
    """Return the document that describes *operations*, which are found below *path*."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bản Tin",
            "version": version("bantin"),
            "description": "Publish an agency's articles, see what became of them, and take them back.",
        },
        "servers": [{"url": path}],
        "security": [{_SECURITY: []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "securitySchemes": {
                _SECURITY: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key that `bantin api-keys add` has made.",
                }
            },
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    scope = f" Scope: `{operation.scope}`." if operation.scope else " Any key will do."
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.summary + scope,
        "parameters": [*_path(operation), *_header(operation), *_query(operation.query)],
        "responses": {**_answers(operation), **_refusals(operation)},
    }
    if operation.body:
        content = {"application/json": {"schema": _reference(operation.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _path(operation: Operation) -> Iterable[dict[str, Any]]:
    if "{id}" in operation.path:
        number = {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}
        yield {"name": "id", "in": "path", "required": True, "schema": number}


def _header(operation: Operation) -> Iterable[dict[str, Any]]:
    if header := operation.header:
        schema = {"type": "string", "pattern": header.pattern}
        yield {
            "name": header.name,
            "in": "header",
            "required": True,
            "description": header.description,
            "schema": schema,
        }


def _query(model: type[BaseModel]) -> Iterable[dict[str, Any]]:
    for name, schema in model.model_json_schema().get("properties", {}).items():
        described = {key: value for key, value in schema.items() if key not in ("title", "description")}
        if options := [each for each in described.get("anyOf", ()) if each != {"type": "null"}]:
            # A query has no null: what is not given is left out.
            described = options[0]
        parameter = {"name": name, "in": "query", "required": False, "schema": described}
        yield parameter | ({"description": schema["description"]} if "description" in schema else {})


def _answers(operation: Operation) -> Mapping[str, Any]:
    return {
        str(status): {
            "description": when,
            "content": {"application/json": {"schema": _reference(model)}},
        }
        for status, (model, when) in operation.answers.items()
    }


def _refusals(operation: Operation) -> Mapping[str, Any]:
    """Return the problems of an operation by their statuses, each with the codes that it may have."""
    scoped = (ProblemCode.SCOPE_LACKING,) if operation.scope else ()
    codes: dict[int, list[ProblemCode]] = {}
    for code in (*operation.problems, *scoped, *ANYWHERE):
        codes.setdefault(PROBLEMS[code].status, []).append(code)
    return {str(status): _refusal(status, found) for status, found in sorted(codes.items())}


def _refusal(status: int, codes: Sequence[ProblemCode]) -> dict[str, Any]:
    refusal: dict[str, Any] = {
        "description": f"A problem: {', '.join(f'`{code}`' for code in codes)}.",
        "content": {MEDIA_TYPE: {"schema": _reference(ShownProblem)}},
    }
    headers = _HEADERS_OF_STATUS.get(status)
    return refusal | ({"headers": headers} if headers else {})


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    taken = {operation.body for operation in operations if operation.body}
    given = {model for operation in operations for model, _ in operation.answers.values()} | {ShownProblem}
    _, found = models_json_schema(
        [*((model, "validation") for model in taken), *((model, "serialization") for model in given)],
        ref_template=_REFERENCE,
    )
    schemas: dict[str, Any] = found["$defs"]
    return dict(sorted(schemas.items()))
