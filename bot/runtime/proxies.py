"""The proxies that the settings, or without them the environment, name."""

from pydantic import SecretStr

from bot.proxy.address import Proxies, Proxy
from bot.settings.settings import ConfigurationError


def proxies(address: SecretStr | None, setting: str) -> Proxies:
    """Return the proxy of *address*, which *setting* names, or without one those of the environment.

    Raises ConfigurationError if a variable of the environment cannot be read.
    """
    try:
        if address and (text := address.get_secret_value().strip()):
            return Proxies(Proxy.parse(text, setting))
        return Proxies.of_environment()
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
