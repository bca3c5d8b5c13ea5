"""Roles: what one process of several does."""

from enum import StrEnum

from bot.settings.settings import ConfigurationError


class ProcessRole(StrEnum):
    """POLL polls feeds and owes what is new, SEND speaks for the account, WEB serves health and webhook."""

    POLL = "poll"
    SEND = "send"
    WEB = "web"


ALL_ROLES = frozenset(ProcessRole)


def parse_roles(text: str) -> frozenset[ProcessRole]:
    """Return the roles named in *text*, with commas. Raises ConfigurationError."""
    names = {name.strip() for name in text.split(",")}
    for name in sorted(names - set(ProcessRole)):
        known = ", ".join(ProcessRole)
        raise ConfigurationError(f"--roles: there is no role {name!r}; there are {known}")
    return frozenset(ProcessRole(name) for name in names)
