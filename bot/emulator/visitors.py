"""Who may speak with the emulator: programs, and its own page in a browser; no other web site.

A page of another site can make a browser post here, and by rebinding its own name to this machine even read
the answers. The first shows in the Origin that the browser sends, the second in the Host.
"""

import ipaddress
import socket
from collections.abc import Collection

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL


def only_ours(hosts: Collection[str]) -> Middleware:
    """Return the middleware that answers to an address in figures, localhost, this machine and *hosts*."""
    known = {"localhost", socket.gethostname().lower(), *(host.lower() for host in hosts)}

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _is_known(request.host, known):
            raise web.HTTPForbidden(text="403: open this by its address in figures, or as localhost\n")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="403: another web site may not do this\n")
        return await handler(request)

    return check


def _is_known(host: str, names: Collection[str]) -> bool:
    try:
        name = URL(f"http://{host}").host or ""
        return name.lower() in names or bool(ipaddress.ip_address(name))
    except ValueError:
        return False
