"""Whose request it is, as far as that can be told: by the address that it came from."""

import ipaddress

from aiohttp import web

_FORWARDED = "X-Forwarded-For"


def client_address(request: web.Request) -> str:
    """Return the address that *request* came from, or that the reverse proxy before us says it came from.

    A proxy is only believed that stands in a network of ours, and only the address that it has added itself,
    the last one: whatever stands before that was said by the client. Some proxies add a header of their own
    behind the client's.
    """
    peer = request.remote or ""
    if not _is_ours(peer):
        return peer
    named = ",".join(request.headers.getall(_FORWARDED, ())).rpartition(",")[2].strip()
    return named if _is_address(named) else peer


def _is_ours(address: str) -> bool:
    return _is_address(address) and ipaddress.ip_address(address).is_private


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
