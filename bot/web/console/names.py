"""What people call accounts, topics and those who manage."""

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.text.text import shorten
from bot.store.feeds import feeds
from bot.store.runtime import accounts, admins
from bot.web.console.visit import Visit

_NAME = 60


async def account_names(visit: Visit) -> dict[AccountId, str]:
    """Return what each account is called: its platform, and its own name there."""
    known = await accounts.names(visit.tx)
    return {
        each.id: f"{each.messenger.platform.name} {known.get(each.id) or each.id.partition(':')[2]}"
        for each in visit.console.accounts
    }


async def topic_names(visit: Visit) -> dict[TopicId, str]:
    """Return what the topics are called of which whoever is signed in is shown what there is."""
    return {each.id: each.name(visit.language) for each in await feeds.topics(visit.tx, only=visit.seen)}


async def person_name(visit: Visit, account: AccountId, user: str) -> str:
    """Return what somebody who manages is called: by what was written down about them, else by their id."""
    return shorten(await admins.name(visit.tx, account, user), _NAME) or user
