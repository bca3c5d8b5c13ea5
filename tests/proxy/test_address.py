import pytest
from yarl import URL

from bot.proxy.address import Proxies, Proxy, ProxyKind

FEED = URL("https://co-quan.gov.vn/rss")
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("http://10.0.0.1:3128", Proxy(ProxyKind.HTTP, "10.0.0.1", 3128, "http.proxy")),
        ("10.0.0.1:3128", Proxy(ProxyKind.HTTP, "10.0.0.1", 3128, "http.proxy")),
        ("socks5://proxy.vn:1080/", Proxy(ProxyKind.SOCKS5, "proxy.vn", 1080, "http.proxy")),
        ("socks5h://[::1]:1080", Proxy(ProxyKind.SOCKS5, "::1", 1080, "http.proxy")),
        ("http://an:p%40ss@h:1", Proxy(ProxyKind.HTTP, "h", 1, "http.proxy", "an", "p@ss")),
    ],
)
def test_a_proxy_is_written_as_everywhere(text: str, proxy: Proxy) -> None:
    assert Proxy.parse(text, "http.proxy") == proxy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://an:s3cret@proxy.vn:443",
        "socks4://an:s3cret@proxy.vn:1080",
        "http://an:s3cret@proxy.vn",
        "http://an:s3cret@proxy.vn:99999",
        "http://an:s3cret@proxy.vn:3128/path",
        "http://an:s3cret@[::1:3128",
        "http://an:s3cret-mật-khẩu@proxy.vn:3128",
        f"http://an:s3cret{'x' * 255}@proxy.vn:3128",
    ],
)
def test_what_is_no_proxy_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(write http|its user name)") as caught:
        Proxy.parse(text, "http.proxy")

    assert "s3cret" not in str(caught.value)


def test_a_proxy_never_shows_its_password() -> None:
    proxy = Proxy.parse("http://an:s3cret@proxy.vn:3128", "http.proxy")

    assert "s3cret" not in f"{proxy} {proxy!r}"
    assert str(proxy) == "http.proxy (proxy.vn:3128)"


@pytest.mark.parametrize(
    ("variables", "chosen"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://a:1"}, "HTTPS_PROXY (a:1)"),
        ({"https_proxy": "http://a:1"}, "HTTPS_PROXY (a:1)"),
        ({"HTTP_PROXY": "http://a:1"}, None),
        ({"ALL_PROXY": "socks5://a:1"}, "ALL_PROXY (a:1)"),
        ({"ALL_PROXY": "socks5://a:1", "HTTPS_PROXY": "http://b:2"}, "HTTPS_PROXY (b:2)"),
        ({"HTTPS_PROXY": "http://a:1", "NO_PROXY": "example.com,gov.vn"}, None),
        ({"HTTPS_PROXY": "http://a:1", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://a:1", "NO_PROXY": "other.vn"}, "HTTPS_PROXY (a:1)"),
    ],
)
def test_the_environment_names_proxies_as_for_other_programs(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], chosen: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    proxy = Proxies.of_environment().of(FEED)

    assert (proxy and str(proxy)) == chosen


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_asked_without_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://a:1")

    assert Proxies.of_environment().of(URL(f"http://{host}:8642/")) is None


def test_a_configured_proxy_is_for_every_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    proxy = Proxy.parse("http://a:1", "http.proxy")

    assert {Proxies(proxy).of(url) for url in (FEED, URL("http://127.0.0.1/"))} == {proxy}


def test_a_variable_that_cannot_be_read_is_named_and_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://an:s3cret@a:1")

    with pytest.raises(ValueError, match=r"^HTTPS_PROXY: write http") as caught:
        Proxies.of_environment()

    assert "s3cret" not in str(caught.value)
