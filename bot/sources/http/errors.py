"""What went wrong on the wire, in one line each: what, where, what to do."""

import os
import ssl
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode
from bot.proxy.dialling import ProxyError
from bot.sources.text.urls import shown

_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ClientSSLError, "could not agree with us on TLS: try again later"),
    (ssl.SSLError, "could not agree with us on TLS: try again later"),
    (aiohttp.ConnectionTimeoutError, "could not be reached in time: try again later"),
    (TimeoutError, "did not answer within {seconds:g} s: try again later"),
    (aiohttp.ClientConnectorError, "could not be reached: check the address, or try again later"),
    (aiohttp.ServerDisconnectedError, "hung up without an answer: try again later"),
    (aiohttp.ClientOSError, "hung up without an answer: try again later"),
    (aiohttp.ClientPayloadError, "broke off in the middle of the answer: try again later"),
    (aiohttp.InvalidURL, "leads to what is no web address: correct it"),
    (UnicodeError, "names no host that can be: correct the address"),
)
"""What an error means; the first kind that fits counts."""

_SELF_SIGNED = frozenset({18, 19})
_INCOMPLETE = frozenset({2, 20, 21})
_EXPIRED = 10
_NOT_YET = 9
_OTHER_NAME = frozenset({62, 64})


def refusal(status: int, target: URL) -> str:
    """Return what an answer of *status*, which is no success, means."""
    where = shown(str(target))
    try:
        answer = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        answer = str(status)
    match status:
        case 404 | 410:
            advice = "nothing is there; correct the address"
        case 401 | 403 | 407 | 451:
            advice = "it refuses us; ask the site to let the bot in"
        case 429:
            advice = "it is asked too often; raise the feed's interval"
        case _ if status >= 500:
            advice = "its server is in trouble; try again later"
        case _:
            advice = "that is no page; check the address"
    return f"{where} answered {answer}: {advice}"


def refusal_code(status: int) -> ReasonCode:
    """Return what an answer of *status*, which is no success, means, for every language."""
    match status:
        case 404 | 410:
            return ReasonCode.PAGE_MISSING
        case 401 | 403 | 407 | 451:
            return ReasonCode.ACCESS_REFUSED
        case 429:
            return ReasonCode.ASKED_TOO_OFTEN
        case _ if status >= 500:
            return ReasonCode.SITE_TROUBLE
        case _:
            return ReasonCode.ODD_ANSWER


_CODES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], ReasonCode], ...] = (
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError, ssl.SSLError),
        ReasonCode.INSECURE,
    ),
    (TimeoutError, ReasonCode.NO_ANSWER),
    (aiohttp.ClientConnectorError, ReasonCode.UNREACHABLE),
    (
        (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError),
        ReasonCode.BROKEN_OFF,
    ),
    ((aiohttp.InvalidURL, UnicodeError), ReasonCode.BAD_ADDRESS),
    (ProxyError, ReasonCode.UNREACHABLE),
)


def trouble_of(error: Exception, target: URL, seconds: float) -> SourceError:
    """Return *error*, met while fetching *target*, as one of ours."""
    code = next((code for kinds, code in _CODES if isinstance(error, kinds)), ReasonCode.ODD_ANSWER)
    if isinstance(error, aiohttp.ClientConnectorError) and (error.os_error.errno or 0) < 0:
        # The system's number for a name that does not resolve is negative.
        code = ReasonCode.HOST_UNKNOWN
    return SourceError(explain(error, target, seconds), code, host=target.host or "", seconds=round(seconds))


def refused_with(status: int, target: URL) -> SourceError:
    """Return an answer of *status*, which is no success, as an error of ours."""
    return SourceError(refusal(status, target), refusal_code(status), status=status, host=target.host or "")


def explain(error: Exception, target: URL, seconds: float) -> str:
    """Return what *error*, met while fetching *target*, means; foreign texts may hold secrets."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _certificate(error.certificate_error, target.host or "")
    if isinstance(error, ProxyError):
        return f"{shown(str(target))} was not asked: {error}"
    return f"{shown(str(target))} {_trouble(error, seconds)}"


def _trouble(error: Exception, seconds: float) -> str:
    if isinstance(error, aiohttp.ClientConnectorError) and (number := error.os_error.errno):
        # The system's number for a name that does not resolve is negative.
        reason = "no such host name" if number < 0 else os.strerror(number).lower()
        return f"could not be reached ({reason}): check the address, or try again later"
    for kind, trouble in _TROUBLES:
        if isinstance(error, kind):
            return trouble.format(seconds=seconds)
    return f"gave no valid HTTP answer ({type(error).__name__}): try again later"


def _certificate(error: Exception, host: str) -> str:
    code = getattr(error, "verify_code", None)
    if code in _INCOMPLETE:
        return (
            f"{host} sends an incomplete certificate chain, or one of an authority unknown here:"
            " save the missing intermediate certificate as PEM, and name that file as ca_bundle of the feed"
            " in feeds.toml, or for all feeds in http.ca_bundle"
        )
    if code in _SELF_SIGNED:
        return (
            f"{host} has a self-signed certificate: if you trust it, name it as PEM as ca_bundle of the feed"
            " in feeds.toml, or for all feeds in http.ca_bundle"
        )
    if code == _EXPIRED:
        return f"the certificate of {host} has expired: the site must renew it"
    if code == _NOT_YET:
        return f"the certificate of {host} is not valid yet: check this machine's clock"
    if code in _OTHER_NAME:
        return f"the certificate of {host} is for another name: correct the address"
    return f"the certificate of {host} cannot be verified: the site must mend it"
