"""Canonical addresses: one article, one address, that still opens in a browser."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|zarsrc|gidzl|mc_[ce]id|_g[al]|spm"
    r"|at_(?:medium|campaign|custom\d|format|link_\w+|ptr_name|bbc_team)"
    r"|vn_(?:source|medium|campaign|term|content|thumb|aid|zone)",
    re.IGNORECASE,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?", re.IGNORECASE)
_LOCALE = re.compile(r"/[a-z]{2}_[A-Z]{2}(?=/)")
_HOME_LOCALE = re.compile(r"^/vi(?:_VN)?/")
_WAY_BACK = re.compile(r"inheritRedirect|redirect")
_LIFERAY_ARTICLE = re.compile(r"/-/asset_publisher/(?P<instance>[^/]+)/content/(?P<name>(?:id/)?[^/]+)/?$")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_NO_HOSTS: Mapping[str, str] = MappingProxyType({})


def is_web_address(text: str) -> bool:
    """Return whether *text* can be the address of something on the web; where it leads is not asked."""
    try:
        parts = urlsplit(text)
        is_one = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return is_one and text.isprintable() and _WEB_ADDRESS.fullmatch(text) is not None


def canonical(url: str) -> str:
    """Return the one spelling of *url*; text that is no web address comes back as it is, trimmed.

    Scheme and host are lower case, the default port, the fragment, session ids and tracking parameters are
    gone, and the path is escaped in one way. Liferay 6.2: the path of an article in an asset publisher names
    it alone, so the query (inheritRedirect, redirect, p_p_*) and the locale in front go too. The scheme and
    'www.' stay, because a server may answer only one of them: *identity* is where they count as the same.
    """
    address = url.strip()
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return address
    path = _path(parts.path)
    if _LIFERAY_ARTICLE.search(path):
        return urlunsplit(
            (scheme, _authority(scheme, host, port), _LOCALE.sub("", path, 1).rstrip("/"), "", "")
        )
    return urlunsplit(
        (scheme, _authority(scheme, host, port), path or "/", _query(parts.query, _TRACKING), "")
    )


def identity(url: str, hosts: Mapping[str, str] = _NO_HOSTS) -> str:
    """Return what *url* has in common over http and https, with 'www.' or not, on a portal's other hosts.

    *hosts* says which host stands for another one. Liferay 6.2: the publisher's instance and the article's
    name in the address are unique whatever the host; elsewhere its locale and the way back (inheritRedirect,
    redirect) do not count.
    """
    address = canonical(url)
    parts = urlsplit(address)
    if found := _LIFERAY_ARTICLE.search(parts.path):
        return f"{found['instance']}/{found['name']}"
    if parts.scheme not in _DEFAULT_PORTS:
        return address
    host = parts.netloc.removeprefix("www.")
    path, query = _HOME_LOCALE.sub("/", parts.path), _query(parts.query, _WAY_BACK)
    return urlunsplit(("", hosts.get(host, host), path, query, ""))


def same_hosts(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return which host stands for which: in each group the first one for the others."""
    found = {}
    for group in groups:
        first, *others = (host.strip().lower().removeprefix("www.") for host in group)
        found.update(dict.fromkeys(others, first))
    return found


def is_same_site(one: str, other: str) -> bool:
    """Say whether two addresses have the same host, 'www.' aside."""
    return site_of(one) == site_of(other) != ""


def is_article_of_portal(url: str) -> bool:
    """Say whether *url* is Liferay's address of one article in an asset publisher."""
    return _LIFERAY_ARTICLE.search(urlsplit(canonical(url)).path) is not None


def site_of(url: str) -> str:
    """Return the host of *url* without 'www.'; empty if it is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _authority(scheme: str, host: str, port: int | None) -> str:
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        name = host
    shown = f"[{name}]" if ":" in name else name.rstrip(".")
    return shown if port in (None, _DEFAULT_PORTS[scheme]) else f"{shown}:{port}"


def _path(path: str) -> str:
    """Return *path* with each segment escaped in the one way that browsers send."""
    bare = _SESSION.sub("", path)
    return "/".join(
        quote(unquote(segment), safe=_PATH_SAFE) if "%2F" not in segment.upper() else segment
        for segment in bare.split("/")
    )


def _query(query: str, dropped: re.Pattern[str]) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not dropped.fullmatch(name)
    ]
    return urlencode(kept)
