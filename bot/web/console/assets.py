"""The style sheet, the script and the icon: each at an address that changes with what is in it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiohttp import web

from bot.web.console.console import PATH

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers, and its *address* of this version."""

    body: bytes
    type: str
    address: str


@cache
def assets() -> Mapping[str, Asset]:
    """Return each file by its name."""
    return {
        each.name: _asset(each.name, each.read_bytes())
        for each in files("bot.web.console").joinpath("static").iterdir()
        if each.name.rpartition(".")[2] in _TYPES
    }


def _asset(name: str, body: bytes) -> Asset:
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, _TYPES[name.rpartition(".")[2]], f"{PATH}/static/{version}/{name}")


def asset_route() -> web.RouteDef:
    async def serve(request: web.Request) -> web.Response:
        found = assets().get(request.match_info["name"])
        if found is None or found.address != request.path:
            raise web.HTTPNotFound
        return web.Response(
            body=found.body, content_type=found.type, charset="utf-8", headers={"Cache-Control": _KEPT}
        )

    return web.get(f"{PATH}/static/{{version}}/{{name}}", serve)
