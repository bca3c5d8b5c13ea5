"""Files for browsers, as style sheets: each at an address that changes with what is in it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from aiohttp import web

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers, and its *address* of this version."""

    body: bytes
    type: str
    address: str


Assets = Mapping[str, Asset]
"""Files by their names."""


def load(package: str, path: str) -> Assets:
    """Return the files in the folder `static` of *package*, to be served below *path*."""
    return {
        each.name: _asset(each.name, each.read_bytes(), path)
        for each in files(package).joinpath("static").iterdir()
        if each.name.rpartition(".")[2] in _TYPES
    }


def _asset(name: str, body: bytes, path: str) -> Asset:
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, _TYPES[name.rpartition(".")[2]], f"{path}/static/{version}/{name}")


def asset_route(assets: Assets, path: str) -> web.RouteDef:
    """Return the route of all *assets*, which are served below *path*."""

    async def serve(request: web.Request) -> web.Response:
        found = assets.get(request.match_info["name"])
        if found is None or found.address != request.path:
            raise web.HTTPNotFound
        return web.Response(
            body=found.body, content_type=found.type, charset="utf-8", headers={"Cache-Control": _KEPT}
        )

    return web.get(f"{path}/static/{{version}}/{{name}}", serve)
