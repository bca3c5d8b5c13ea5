import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.feed import SourceError
from bot.sources.http.client import HttpClient
from bot.sources.http.ssrf import AddressGuard
from tests.sources.site import LIMITS, running_site

NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


class Names(AbstractResolver):
    """A name server whose answers a test sets; the last one is given for good."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the port's signature
    ) -> list[ResolveResult]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_outside_the_public_internet_is_not_dialled(address: str) -> None:
    assert not AddressGuard(()).permits("site.example", address, 80)


@pytest.mark.parametrize("address", ["8.8.8.8", "125.212.226.47", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_is_dialled(address: str) -> None:
    assert AddressGuard(()).permits("site.example", address, 80)


@pytest.mark.parametrize(
    ("allowed", "host", "address"),
    [
        ("127.0.0.1", "localhost", "127.0.0.1"),
        ("127.0.0.1", "localhost", "::ffff:127.0.0.1"),
        ("10.0.0.0/8", "feeds.example", "10.9.8.7"),
        ("fd00::/8", "feeds.example", "fd12::1"),
        ("::1", "localhost", "::1"),
        ("Intranet.Local.", "intranet.local", "192.168.7.7"),
        ("intranet.local:8080", "intranet.local", "192.168.7.7"),
        ("127.0.0.1:8080", "localhost", "127.0.0.1"),
        ("[::1]:8080", "localhost", "::1"),
    ],
)
def test_what_the_configuration_allows_is_dialled(allowed: str, host: str, address: str) -> None:
    assert AddressGuard([allowed]).permits(host, address, 8080)


@pytest.mark.parametrize(
    ("allowed", "host", "address"),
    [
        ("intranet.local:8081", "intranet.local", "192.168.7.7"),
        ("127.0.0.1:8081", "localhost", "127.0.0.1"),
        ("127.0.0.1:8081", "localhost", "::ffff:127.0.0.1"),
        ("[::1]:8081", "localhost", "::1"),
    ],
)
def test_where_the_configuration_names_a_port_no_other_is_dialled(
    allowed: str, host: str, address: str
) -> None:
    guard = AddressGuard([allowed])

    assert (guard.permits(host, address, 8080), guard.permits(host, address, 8081)) == (False, True)


def test_an_address_with_another_port_than_the_configuration_names_is_refused_before_it_is_dialled() -> None:
    guard = AddressGuard(["127.0.0.1:8081", "[::1]:8081"])

    assert str(guard.checked("http://127.0.0.1:8081/rss")) == "http://127.0.0.1:8081/rss"
    assert str(guard.checked("http://[::1]:8081/rss")) == "http://[::1]:8081/rss"
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8080/", "http://[::1]:80/", "https://127.0.0.1/"):
        with pytest.raises(SourceError, match="not in the public internet"):
            guard.checked(url)


@pytest.mark.parametrize(
    "allowed",
    [
        "10.0.0.0/99",
        "127.1",
        "0x7f000001",
        "http://intranet",
        "1.2.3.4:",
        "1.2.3.4:99999",
        "10.0.0.0/8:80",
        "[::1]:",
        "127.1:80",
    ],
)
def test_a_wrong_entry_of_allow_private_is_named(allowed: str) -> None:
    with pytest.raises(SourceError, match=r"http\.allow_private"):
        AddressGuard([allowed])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://１２７.０.０.１/",
        "http://user:secret@site.example/",
        "http://user@site.example/",
        "ftp://site.example/",
        "file:///etc/passwd",
        "gopher://site.example/",
        "javascript:alert(1)",
        "//site.example/",
        "/etc/passwd",
        "http://",
        "http:///path",
        "http://[::1/",
        "http://site.example:99999/",
        "http://www..example.vn/a",
        "http://.x.vn",
        "http://x.vn..",
        "http://./",
        f"http://{'a' * 64}.vn/",
        "",
        "not an address",
    ],
)
def test_an_address_that_must_not_be_dialled_is_refused_before_it_is(url: str) -> None:
    with pytest.raises(SourceError) as caught:
        AddressGuard(()).checked(url)

    assert "secret" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_as_an_address_is_taken_or_refused_in_one_line(text: str) -> None:
    problem = ""
    try:
        AddressGuard(()).checked(text)
    except SourceError as error:
        problem = str(error)

    assert len(problem.splitlines()) <= 1


@pytest.mark.parametrize("url", ["http://x.vn./", f"http://{'a' * 63}.vn/", "http://[2606:4700::1111]/"])
def test_a_host_that_can_be_is_taken(url: str) -> None:
    assert str(AddressGuard(()).checked(url)) == url


async def test_a_name_that_the_resolver_cannot_encode_is_refused() -> None:
    class Encoding(Names):
        async def resolve(
            self,
            host: str,  # noqa: ARG002 - the port's signature
            port: int = 0,  # noqa: ARG002
            family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002
        ) -> list[ResolveResult]:
            raise UnicodeError("label empty or too long")

    client = HttpClient(guard=AddressGuard(()), resolver=Encoding())

    async with client:
        with pytest.raises(SourceError, match="names no host that can be"):
            await client.get("http://site.example/", accept="*/*", limits=LIMITS)
        with pytest.raises(SourceError, match="names no host that can be"):
            await client.post("http://site.example/", {}, limits=LIMITS)


async def test_a_name_that_resolves_to_a_private_address_is_refused() -> None:
    client = HttpClient(guard=AddressGuard(()), resolver=Names("192.168.0.1"))

    async with client:
        with pytest.raises(SourceError, match="intranet is not in the public internet"):
            await client.get("http://intranet/", accept="*/*", limits=LIMITS)


async def test_a_name_is_dialled_at_the_address_that_was_checked() -> None:
    # The second answer of the name server would be another one: there must be no second question.
    client = HttpClient(guard=AddressGuard({"127.0.0.1"}), resolver=Names("127.0.0.1", "127.0.0.2"))

    async with running_site() as site, client:
        port = site.url.rpartition(":")[2]
        site.answers("/", b"checked")
        response = await client.get(f"http://site.example:{port}/", accept="*/*", limits=LIMITS)

    assert response.body == b"checked"
