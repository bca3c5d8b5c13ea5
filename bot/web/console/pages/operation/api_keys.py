"""Keys of the API: which programs may hand in contents, made and revoked; a token is shown once."""

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope, in_order, is_name, scopes_in
from bot.domain.desk.roles import Right
from bot.services.administration import api_keys
from bot.services.administration.api_keys import ApiKeyRefusedError, CreatedApiKey, WantedApiKey
from bot.store.api import api_keys as stored
from bot.web.console.names import topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit, gone

_PATH = "/api-keys"


async def show(visit: Visit) -> PageView:
    return await _page(visit, None)


async def create(visit: Visit) -> PageView | Redirect:
    """Make a key, and show its token this once."""
    topics = frozenset(map(TopicId, visit.form.all("topic")))
    wanted = WantedApiKey(visit.form.value("name"), scopes_in(visit.form.all("scope")), topics or None)
    if not is_name(wanted.name):
        return Redirect(_PATH, "api-key-name")
    if not wanted.scopes:
        return Redirect(_PATH, "api-key-needs-a-scope")
    if topics - (await topic_names(visit)).keys():
        raise gone()
    try:
        created = await api_keys.create(visit.tx, wanted, visit.actor, now=visit.now)
    except ApiKeyRefusedError:
        return Redirect(_PATH, "api-key-taken")
    return await _page(visit, created)


async def revoke(visit: Visit) -> Redirect:
    try:
        await api_keys.revoke(visit.tx, visit.form.value("name"), visit.actor, now=visit.now)
    except ApiKeyRefusedError:
        raise gone() from None
    return Redirect(_PATH, "api-key-revoked")


async def _page(visit: Visit, created: CreatedApiKey | None) -> PageView:
    values = {
        "keys": await stored.every(visit.tx),
        "created": created,
        "scopes": list(ApiScope),
        "in_order": in_order,
        "topics": await topic_names(visit),
    }
    return PageView("api_keys.html", values)


ROUTES = (
    shows(_PATH, Right.ADMINS, show),
    acts(f"{_PATH}/create", Right.ADMINS, create),
    acts(f"{_PATH}/revoke", Right.ADMINS, revoke),
)
