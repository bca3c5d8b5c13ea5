import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode
from bot.sources.http.client import MAX_REDIRECTS, TRY_AGAIN_AFTER, HttpClient, HttpLimits, HttpResponse
from bot.sources.http.ssrf import AddressGuard
from tests.sources.site import DATA, LIMITS, Handler, Site, local_client, running_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_site() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    async with local_client() as local:
        yield local


async def get(client: HttpClient, url: str, limits: HttpLimits = LIMITS) -> HttpResponse:
    return await client.get(url, accept="*/*", limits=limits)


async def refusal(client: HttpClient, url: str, limits: HttpLimits = LIMITS) -> str:
    with pytest.raises(SourceError) as caught:
        await get(client, url, limits)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value).replace(url, "URL")


async def test_an_answer_comes_with_its_type_and_character_set(site: Site, client: HttpClient) -> None:
    url = site.answers("/tin", b"x", headers={"Content-Type": 'Text/HTML; Charset="Windows-1258"'})

    response = await get(client, url)

    assert (response.status, response.url, response.body) == (200, url, b"x")
    assert (response.media_type, response.charset) == ("text/html", "windows-1258")


@pytest.mark.parametrize(
    ("header", "links"),
    [
        (
            '<https://hub.example/>; rel="hub", </rss>; title="a,b"; rel=self, <x>; rel="next prev"; foo',
            {"hub": "https://hub.example/", "self": "SITE/rss", "next": "SITE/x", "prev": "SITE/x"},
        ),
        ("<https://one.example/>; rel=hub, <https://two.example/>; rel=hub", {"hub": "https://one.example/"}),
        ("<https://so.example@evil.example/>; rel=hub, <mailto:a@b.vn>; rel=self", {}),
        ("<http://[>; rel=hub", {}),
        ("no link", {}),
    ],
)
async def test_link_headers_are_read_by_their_relations(
    site: Site, client: HttpClient, header: str, links: dict[str, str]
) -> None:
    url = site.answers("/tin", b"x", headers={"Link": header})

    response = await get(client, url)

    assert response.links == {name: link.replace("SITE", site.url) for name, link in links.items()}


async def test_an_answer_may_name_no_type(site: Site, client: HttpClient) -> None:
    response = HttpResponse(200, site.url, {"Content-Type": "text/xml; charset="}, b"")

    assert (response.media_type, response.charset) == ("text/xml", None)


async def test_we_say_who_we_are_and_what_we_take(site: Site, client: HttpClient) -> None:
    url = site.answers("/", b"")

    await client.get(url, accept="text/html", limits=LIMITS, headers={"If-None-Match": '"1"'})

    asked = site.headers[0]
    assert "BanTin" in asked["User-Agent"]
    assert asked["Accept"] == "text/html"
    assert asked["Accept-Encoding"] == "gzip, deflate"
    assert asked["If-None-Match"] == '"1"'


async def test_not_modified_is_an_answer(site: Site, client: HttpClient) -> None:
    assert (await get(client, site.answers("/", status=304))).status == 304


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(site: Site, client: HttpClient, status: int) -> None:
    site.answers("/new/page", b"here")

    response = await get(client, site.redirects("/old", "new/page#top", status=status))

    assert (response.url, response.body) == (f"{site.url}/new/page", b"here")


async def test_a_redirect_to_a_private_address_is_refused(site: Site, client: HttpClient) -> None:
    url = site.redirects("/", "http://169.254.169.254/latest/")

    assert (await refusal(client, url)).startswith("169.254.169.254 is not in the public internet")


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("file:///etc/passwd", "file:///etc/passwd is not a web address"),
        ("http://[", "what is no web address"),
        ("", "redirects to nowhere"),
    ],
)
async def test_a_redirect_to_no_web_address_is_refused(
    site: Site, client: HttpClient, target: str, problem: str
) -> None:
    assert problem in await refusal(client, site.redirects("/", target))


async def test_a_redirect_in_a_circle_ends(site: Site, client: HttpClient) -> None:
    url = site.redirects("/round", "/round")

    assert await refusal(client, url) == "URL redirects more than 5 times: correct the address"
    assert len(site.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (404, "404 Not Found: nothing is there"),
        (403, "403 Forbidden: it refuses us"),
        (418, "418 I'm a Teapot: that is no page"),
        (429, "429 Too Many Requests: it is asked too often"),
        (503, "503 Service Unavailable: its server is in trouble"),
        (599, "599: its server is in trouble"),
    ],
)
async def test_a_failure_says_what_to_do(site: Site, client: HttpClient, status: int, advice: str) -> None:
    assert (await refusal(client, site.answers("/", status=status))).startswith(f"URL answered {advice}")


def failing(times: int, status: int = 500, **headers: str) -> tuple[Handler, list[str]]:
    """Return a handler that fails so often before it answers, and the methods that it was asked with."""
    asked: list[str] = []

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.method)
        return (
            web.Response(status=status, headers=headers) if len(asked) <= times else web.Response(body=b"tin")
        )

    return handler, asked


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
async def test_a_server_that_fails_at_once_is_asked_again_before_that_counts(
    site: Site, client: HttpClient, status: int
) -> None:
    handler, asked = failing(len(TRY_AGAIN_AFTER), status)

    assert (await get(client, site.handles("/", handler))).body == b"tin"
    assert len(asked) == len(TRY_AGAIN_AFTER) + 1


async def test_a_server_that_goes_on_failing_is_given_up(site: Site, client: HttpClient) -> None:
    handler, asked = failing(100)

    assert (await refusal(client, site.handles("/", handler))).startswith("URL answered 500")
    assert len(asked) == len(TRY_AGAIN_AFTER) + 1


def test_asking_again_takes_seconds_and_not_minutes() -> None:
    assert (2 <= len(TRY_AGAIN_AFTER) <= 3, sum(TRY_AGAIN_AFTER) < 5) == (True, True)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(503, {"Retry-After": "120"}), (500, {"Retry-After": "120"}), (501, {}), (404, {}), (429, {})],
)
async def test_what_would_be_answered_again_or_asks_to_wait_is_not_asked_again(
    site: Site, client: HttpClient, status: int, headers: dict[str, str]
) -> None:
    handler, asked = failing(1, status, **headers)

    await refusal(client, site.handles("/", handler))

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (503, ReasonCode.SITE_TROUBLE),
        (404, ReasonCode.PAGE_MISSING),
        (403, ReasonCode.ACCESS_REFUSED),
        (429, ReasonCode.ASKED_TOO_OFTEN),
        (418, ReasonCode.ODD_ANSWER),
    ],
)
async def test_a_refusal_has_a_code_for_every_language(
    site: Site, client: HttpClient, status: int, code: ReasonCode
) -> None:
    url = site.answers("/", b"", status=status)

    with pytest.raises(SourceError) as caught:
        await get(client, url)

    assert (caught.value.reason.code, caught.value.reason.details["status"]) == (code, str(status))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://khong-co.invalid/", ReasonCode.HOST_UNKNOWN),
        ("http://127.0.0.1:1/", ReasonCode.UNREACHABLE),
        ("ftp://127.0.0.1/", ReasonCode.BAD_ADDRESS),
    ],
)
async def test_what_is_not_reached_has_a_code_for_every_language(
    client: HttpClient, url: str, code: ReasonCode
) -> None:
    with pytest.raises(SourceError) as caught:
        await get(client, url)

    assert caught.value.reason.code is code


async def test_a_post_is_never_repeated(site: Site, client: HttpClient) -> None:
    handler, asked = failing(1)

    with pytest.raises(SourceError, match="answered 500"):
        await client.post(site.handles("/hub", handler), {"hub.mode": "subscribe"}, limits=LIMITS)

    assert asked == ["POST"]


async def test_the_query_which_may_hold_a_token_is_not_shown(site: Site, client: HttpClient) -> None:
    assert "s3cret" not in await refusal(client, site.url + "/feed?token=s3cret")


async def test_a_body_that_says_it_is_too_large_is_not_read(site: Site, client: HttpClient) -> None:
    url = site.answers("/", b"x" * 1_001)

    assert await refusal(client, url, HttpLimits(1_000, 5)) == "URL is larger than 0.001 MB: it is not read"


async def test_a_body_that_does_not_say_it_is_too_large_is_cut_short(site: Site, client: HttpClient) -> None:
    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not request.transport or not request.transport.is_closing():
            await response.write(b"x" * 10_000)
        return response

    assert "is larger than" in await refusal(client, site.handles("/", endless))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"tin " * 500, mtime=0)),
        ("x-gzip", gzip.compress(b"tin " * 500, mtime=0)),
        ("deflate", zlib.compress(b"tin " * 500)),
        ("deflate", zlib.compress(b"tin " * 500)[2:-4]),
        ("identity", b"tin " * 500),
    ],
)
async def test_a_packed_body_is_unpacked(
    site: Site, client: HttpClient, encoding: str, packed: bytes
) -> None:
    url = site.answers("/", packed, headers={"Content-Encoding": encoding})

    assert (await get(client, url, HttpLimits(2_000, 5))).body == b"tin " * 500


async def test_a_packed_bomb_is_not_unpacked(site: Site, client: HttpClient) -> None:
    url = site.answers("/", gzip.compress(bytes(10_000_000)), headers={"Content-Encoding": "gzip"})

    assert await refusal(client, url) == "URL unpacks to more than is allowed: it is not read"


@pytest.mark.parametrize(
    ("encoding", "body", "problem"),
    [
        ("gzip", gzip.compress(b"tin " * 500, mtime=0)[:-12], "broke off"),
        ("gzip", b"<rss/>", "is packed wrongly"),
        ("br", b"<rss/>", "is packed as 'br'"),
        ("gzip, gzip", b"<rss/>", "is packed as 'gzip, gzip'"),
    ],
)
async def test_a_badly_packed_body_is_refused(
    site: Site, client: HttpClient, encoding: str, body: bytes, problem: str
) -> None:
    assert problem in await refusal(client, site.answers("/", body, headers={"Content-Encoding": encoding}))


async def test_a_server_that_says_nothing_is_not_waited_for(site: Site, client: HttpClient) -> None:
    async def silent(_: web.BaseRequest) -> web.StreamResponse:
        return await asyncio.Future[web.StreamResponse]()

    url = site.handles("/", silent)

    assert (
        await refusal(client, url, HttpLimits(100, 0.05))
        == "URL did not answer within 0.05 s: try again later"
    )


async def test_a_server_that_hangs_up_is_named(site: Site, client: HttpClient) -> None:
    async def rude(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    assert (await refusal(client, site.handles("/", rude))).startswith("URL hung up without an answer")


async def test_a_body_that_breaks_off_is_not_taken(site: Site, client: HttpClient) -> None:
    async def half(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    assert "broke off in the middle" in await refusal(client, site.handles("/", half))


async def test_a_port_where_nobody_listens_is_named(client: HttpClient) -> None:
    async with running_site() as gone:
        url = gone.url + "/"

    assert await refusal(client, url) == (
        "URL could not be reached (connection refused): check the address, or try again later"
    )


async def test_a_name_that_nobody_knows_is_named() -> None:
    async with HttpClient(guard=AddressGuard(())) as client:
        # RFC 6761: this name never resolves.
        problem = await refusal(client, "http://khong-co.invalid/")

    assert "no such host name" in problem


async def test_what_is_no_http_is_refused(client: HttpClient) -> None:
    async def shout(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH\r\n")
        writer.close()

    async with await asyncio.start_server(shout, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        problem = await refusal(client, f"http://127.0.0.1:{port}/")

    assert "gave no valid HTTP answer" in problem


async def test_a_verified_certificate_is_accepted() -> None:
    async with running_site(certificate="complete.pem") as site, local_client(ca_bundle="root.pem") as client:
        assert (await get(client, site.answers("/", b"safe"))).body == b"safe"


@pytest.mark.parametrize(
    ("certificate", "problem"),
    [
        ("incomplete.pem", "sends an incomplete certificate chain"),
        ("self_signed.pem", "has a self-signed certificate"),
        ("other_name.pem", "is for another name"),
        ("expired.pem", "has expired"),
    ],
)
async def test_a_certificate_that_cannot_be_verified_is_refused(certificate: str, problem: str) -> None:
    async with running_site(certificate=certificate) as site, local_client(ca_bundle="root.pem") as client:
        assert problem in await refusal(client, site.answers("/"))


async def test_an_incomplete_chain_is_mended_by_the_missing_certificate() -> None:
    async with (
        running_site(certificate="incomplete.pem") as site,
        local_client(ca_bundle="bundle.pem") as client,
    ):
        assert (await get(client, site.answers("/", b"mended"))).body == b"mended"


@pytest.mark.parametrize(
    ("bundle", "reason"),
    [
        ("data/tls/none.pem", "No such file"),
        ("data/tls", "directory"),
        ("sources/site.py", "no PEM certificate"),
    ],
)
def test_a_bundle_that_cannot_be_read_is_named(bundle: str, reason: str) -> None:
    with pytest.raises(SourceError, match=rf"http\.ca_bundle: .*{reason}"):
        HttpClient(guard=AddressGuard(()), ca_bundle=DATA.parent / bundle)
