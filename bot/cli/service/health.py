"""`bantin health`: what the service that runs here says of itself.

A container asks every minute, so nothing is imported for it but the settings and the standard library.
"""

from http.client import HTTPConnection, HTTPException

from bot.cli.base.options import Config, Json, folder_of
from bot.cli.base.output import echo, print_json
from bot.domain.errors import ExplainedError
from bot.settings.loading import load_settings
from bot.settings.settings import Settings
from bot.settings.values import split_address

_PATIENCE = 4.0
"""Seconds for connecting, and again for each part of the answer."""


class ServiceUnwellError(ExplainedError):
    """The service that should run here does not answer, or says what is missing."""


def health(*, as_json: Json = False, config: Config = None) -> None:
    try:
        said = ask(load_settings(folder_of(config)))
    except ServiceUnwellError as error:
        if as_json:
            print_json({"ready": False, "said": str(error)})
        raise
    if as_json:
        print_json({"ready": True, "said": said})
    else:
        echo(said)


def ask(settings: Settings) -> str:
    """Return what the service says of itself; raises ServiceUnwellError."""
    address = settings.web.state_listen
    host, port = split_address(address)
    if port == 0:
        setting = "web.health_listen" if settings.web.health_listen else "web.listen"
        raise ServiceUnwellError(f"{setting} names port 0, a free one: nobody can know which it became")
    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        said = answer.read().decode(errors="replace").strip()
    except (OSError, HTTPException):
        raise ServiceUnwellError(
            f"nothing answers at http://{address}/readyz: is `bantin run` running?"
        ) from None
    finally:
        connection.close()
    if answer.status != 200:
        raise ServiceUnwellError(said)
    return said
