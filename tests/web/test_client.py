"""Whose request it is: the address it came from, or that a proxy of ours has added."""

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.web.client import client_address

PROXY, CLIENT, FORGED = "10.0.0.2", "203.0.113.9", "198.51.100.7"


class _From:
    """A connection from *peer*."""

    def __init__(self, peer: str) -> None:
        self._peer = peer

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self._peer, 40000) if name == "peername" else default


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("8.8.8.8", None, "8.8.8.8"),
        ("8.8.8.8", CLIENT, "8.8.8.8"),
        (PROXY, None, PROXY),
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{FORGED}, {CLIENT}", CLIENT),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{CLIENT}, ", PROXY),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("::1", CLIENT, CLIENT),
    ],
)
def test_only_what_a_proxy_of_ours_has_added_is_believed(
    peer: str, forwarded: str | None, expected: str
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = make_mocked_request("GET", "/", headers=headers, transport=_From(peer))

    assert client_address(request) == expected


def test_of_several_headers_the_one_that_the_proxy_has_added_is_the_last() -> None:
    headers = CIMultiDict([("X-Forwarded-For", FORGED), ("X-Forwarded-For", CLIENT)])
    request = make_mocked_request("GET", "/", headers=headers, transport=_From(PROXY))

    assert client_address(request) == CLIENT
