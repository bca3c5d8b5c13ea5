"""Requests through real proxies on this machine: that they take that way, and that the guard still guards."""

import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.domain.news.feed import SourceError
from bot.proxy.address import Proxies, Proxy
from bot.sources.http.client import HttpClient
from bot.sources.http.ssrf import AddressGuard
from tests.proxy_server import running_proxy, unused_port
from tests.sources.site import DATA, LIMITS, Site, running_site

KINDS = ["http", "socks5"]
PUBLIC = "93.184.216.34"
"""A public address, which the proxies of these tests take for this machine."""


class Names(AbstractResolver):
    """A name server that knows some names, and answers the next addresses each time it is asked."""

    def __init__(self, **names: list[str]) -> None:
        self._names = {name.replace("_", "."): answers for name, answers in names.items()}

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the port's signature
    ) -> list[ResolveResult]:
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in self._names[host]
        ]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def client_behind(
    url: str, *, names: AbstractResolver | None = None, allowed: Iterable[str] = ()
) -> AsyncIterator[HttpClient]:
    async with HttpClient(
        guard=AddressGuard(allowed),
        ca_bundle=DATA / "tls" / "root.pem",
        proxies=Proxies(Proxy.parse(url, "http.proxy")),
        resolver=names,
    ) as client:
        yield client


async def body(client: HttpClient, url: str) -> bytes:
    return (await client.get(url, accept="*/*", limits=LIMITS)).body


async def refusal(client: HttpClient, url: str) -> str:
    with pytest.raises(SourceError) as caught:
        await body(client, url)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def port_of(site: Site) -> str:
    return site.url.rpartition(":")[2]


@pytest.fixture
async def secure_site() -> AsyncIterator[Site]:
    """A site whose certificate is for localhost and 127.0.0.1."""
    async with running_site(certificate="complete.pem") as site:
        site.answers("/tin", b"qua proxy")
        yield site


@pytest.mark.parametrize("scheme", KINDS)
async def test_https_goes_through_the_proxy_to_the_address_that_was_checked(
    secure_site: Site, scheme: str
) -> None:
    port = port_of(secure_site)
    async with (
        running_proxy(scheme, leads={PUBLIC: "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=Names(localhost=[PUBLIC])) as client,
    ):
        response = await client.get(f"https://localhost:{port}/tin", accept="*/*", limits=LIMITS)

    assert (response.body, response.url) == (b"qua proxy", f"https://localhost:{port}/tin")
    assert proxy.asked == [f"CONNECT {PUBLIC}:{port}" if scheme == "http" else f"{PUBLIC}:{port}"]
    assert secure_site.headers[0]["Host"] == f"localhost:{port}"


@pytest.mark.parametrize("scheme", KINDS)
async def test_the_certificate_is_verified_for_the_name_and_not_for_the_address(scheme: str) -> None:
    async with (
        running_site(certificate="other_name.pem") as site,
        running_proxy(scheme, leads={PUBLIC: "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=Names(localhost=[PUBLIC])) as client,
    ):
        problem = await refusal(client, f"https://localhost:{port_of(site)}/")

    assert "is for another name" in problem


async def test_http_goes_through_an_http_proxy_by_its_name(secure_site: Site) -> None:
    async with (
        running_site() as site,
        running_proxy("http", leads={"tin.example": "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=Names(tin_example=[PUBLIC])) as client,
    ):
        site.answers("/tin", b"qua proxy")
        url = f"http://tin.example:{port_of(site)}/tin"

        assert await body(client, url) == b"qua proxy"

    assert proxy.asked == [f"GET {url}"]


async def test_http_goes_through_a_socks_proxy_to_the_address_that_was_checked() -> None:
    async with (
        running_site() as site,
        running_proxy("socks5", leads={PUBLIC: "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=Names(tin_example=[PUBLIC])) as client,
    ):
        site.answers("/tin", b"qua proxy")

        assert await body(client, f"http://tin.example:{port_of(site)}/tin") == b"qua proxy"

    assert proxy.asked == [f"{PUBLIC}:{port_of(site)}"]


@pytest.mark.parametrize("scheme", KINDS)
async def test_another_address_is_tried_where_the_proxy_cannot_reach_the_first(
    secure_site: Site, scheme: str
) -> None:
    unreachable = "1.0.0.1"
    names = Names(localhost=[unreachable, PUBLIC])
    # Where the proxy is led for the first one there is no address at all.
    leads = {unreachable: "256.0.0.1", PUBLIC: "127.0.0.1"}
    async with (
        running_proxy(scheme, leads=leads) as proxy,
        client_behind(proxy.url(), names=names) as client,
    ):
        assert await body(client, f"https://localhost:{port_of(secure_site)}/tin") == b"qua proxy"

    assert len(proxy.asked) == 2


@pytest.mark.parametrize("certificate", [None, "complete.pem"])
@pytest.mark.parametrize("scheme", KINDS)
async def test_a_proxy_is_shown_its_user_name_and_password(scheme: str, certificate: str | None) -> None:
    async with (
        running_site(certificate=certificate) as site,
        running_proxy(scheme, user="an", password="m@t:khau") as proxy,
        client_behind(proxy.url(user="an", password="m%40t%3Akhau"), allowed=["127.0.0.1"]) as client,
    ):
        assert await body(client, site.answers("/tin", b"qua proxy")) == b"qua proxy"

    if certificate:
        # What is meant for the proxy does not travel on to the site.
        assert "Proxy-Authorization" not in site.headers[0]


@pytest.mark.parametrize("target", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
@pytest.mark.parametrize("user", ["", "an"])
async def test_a_proxy_that_takes_another_password_is_told_in_one_line(
    scheme: str, target: str, user: str
) -> None:
    async with (
        running_proxy(scheme, user="an", password="right") as proxy,
        client_behind(proxy.url(user=user, password="s3cret"), allowed=["127.0.0.1"]) as client,
    ):
        problem = await refusal(client, f"{target}://127.0.0.1:{unused_port()}/")

    assert f"was not asked: http.proxy (127.0.0.1:{proxy.port})" in problem
    assert "password" in problem
    assert "s3cret" not in problem


PRIVATE = ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::ffff:10.0.0.7", "fd00::1"]


@pytest.mark.parametrize("target", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_a_private_address_is_refused_behind_a_proxy(
    scheme: str, target: str, address: str
) -> None:
    async with (
        running_proxy(scheme) as proxy,
        client_behind(proxy.url(), names=Names(inside_example=[address])) as client,
    ):
        problem = await refusal(client, f"{target}://inside.example/")

    assert problem.startswith("inside.example is not in the public internet")
    assert proxy.asked == []


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_redirect_to_a_private_address_is_refused_behind_a_proxy(scheme: str) -> None:
    names = Names(tin_example=[PUBLIC], inside_example=["192.168.1.1"])
    async with (
        running_site() as site,
        running_proxy(scheme, leads={PUBLIC: "127.0.0.1", "tin.example": "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=names) as client,
    ):
        site.redirects("/literal", "http://127.0.0.1/")
        site.redirects("/named", "http://inside.example/")
        problems = [
            await refusal(client, f"http://tin.example:{port_of(site)}/{path}")
            for path in ("literal", "named")
        ]

    assert problems[0].startswith("127.0.0.1 is not in the public internet")
    assert problems[1].startswith("inside.example is not in the public internet")
    assert not any("inside" in asked or "GET http://127" in asked for asked in proxy.asked)


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_private_address_among_public_ones_is_never_asked_for(secure_site: Site, scheme: str) -> None:
    names = Names(localhost=["10.0.0.7", PUBLIC])
    async with (
        running_proxy(scheme, leads={PUBLIC: "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=names) as client,
    ):
        await body(client, f"https://localhost:{port_of(secure_site)}/tin")

    assert len(proxy.asked) == 1
    assert PUBLIC in proxy.asked[0]


@pytest.mark.parametrize("target", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
async def test_a_name_that_only_the_proxy_knows_is_refused_with_the_way_out(scheme: str, target: str) -> None:
    async with running_proxy(scheme) as proxy, client_behind(proxy.url(), names=Names()) as client:
        problem = await refusal(client, f"{target}://only.proxy.example/")

    assert problem.endswith("if only the proxy knows it and you trust it, add it to http.allow_private")
    assert proxy.asked == []


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_trusted_name_that_only_the_proxy_knows_is_left_to_it(scheme: str) -> None:
    async with (
        running_site() as site,
        running_proxy(scheme, leads={"only.proxy.example": "127.0.0.1"}) as proxy,
        client_behind(proxy.url(), names=Names(), allowed=["only.proxy.example"]) as client,
    ):
        site.answers("/tin", b"qua proxy")

        assert await body(client, f"http://only.proxy.example:{port_of(site)}/tin") == b"qua proxy"

    assert "only.proxy.example" in proxy.asked[0]


@pytest.mark.parametrize("target", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
async def test_a_proxy_that_is_down_gives_one_line_that_names_the_setting(scheme: str, target: str) -> None:
    port = unused_port()
    async with client_behind(f"{scheme}://an:s3cret@127.0.0.1:{port}", allowed=["127.0.0.1"]) as client:
        problem = await refusal(client, f"{target}://127.0.0.1:1/tin")

    assert problem == (
        f"{target}://127.0.0.1:1/tin was not asked: http.proxy (127.0.0.1:{port}) could not be reached"
        " (connection refused): check the setting, and whether the proxy runs"
    )


@pytest.mark.parametrize("target", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
async def test_a_proxy_whose_name_nobody_knows_is_named(scheme: str, target: str) -> None:
    async with client_behind(f"{scheme}://khong-co.invalid:1080", allowed=["127.0.0.1"]) as client:
        problem = await refusal(client, f"{target}://127.0.0.1:1/")

    assert "http.proxy (khong-co.invalid:1080) could not be reached (no such host name)" in problem


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_server_that_the_proxy_cannot_reach_is_told_in_one_line(scheme: str) -> None:
    async with (
        running_proxy(scheme) as proxy,
        client_behind(proxy.url(), allowed=["127.0.0.1"]) as client,
    ):
        problem = await refusal(client, f"https://127.0.0.1:{unused_port()}/")

    assert "reach" in problem


@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        (
            "http",
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            "refuses to connect us (it answered 403)",
        ),
        ("http", b"SSH-2.0-OpenSSH\r\n", "gave no valid HTTP answer"),
        ("socks5", b"HTTP/1.1 400 Bad Request\r\n\r\n", "http.proxy (127.0.0.1:{port}) does not take us"),
        ("socks5", b"\x05\xff", "http.proxy (127.0.0.1:{port}) does not take us"),
        ("socks5", b"\x05\x00\x05\x02\x00", "http.proxy (127.0.0.1:{port}) refuses to connect us"),
    ],
)
async def test_what_a_proxy_answers_to_refuse_is_told_in_one_line(
    scheme: str, answer: bytes, said: str
) -> None:
    async with (
        running_proxy(scheme) as proxy,
        client_behind(proxy.url(), allowed=["127.0.0.1"]) as client,
    ):
        proxy.broken = answer
        problem = await refusal(client, "https://127.0.0.1:1/")

    assert said.format(port=proxy.port) in problem


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_hub_is_asked_through_the_proxy_too(scheme: str) -> None:
    async def takes(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=202 if b"hub.mode" in await request.read() else 400)

    async with (
        running_site() as site,
        running_proxy(scheme) as proxy,
        client_behind(proxy.url(), allowed=["127.0.0.1"]) as client,
    ):
        await client.post(site.handles("/hub", takes), {"hub.mode": "subscribe"}, limits=LIMITS)

    assert len(proxy.asked) == 1


async def test_without_a_proxy_the_environment_is_not_looked_at_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_site() as site, running_proxy("http") as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        async with HttpClient(guard=AddressGuard(["127.0.0.1"])) as client:
            assert await body(client, site.answers("/", b"straight")) == b"straight"

    assert proxy.asked == []
