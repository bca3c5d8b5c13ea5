"""Groups and channels: their topics, paused, resumed, removed. Private chats are people, and are counted."""

from collections import Counter
from dataclasses import dataclass

from bot.domain.chats.chat import Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.desk.audit import AuditAction, of_channel
from bot.domain.desk.roles import Right
from bot.services.subscribers import channels as service
from bot.store.chats import chats
from bot.store.chats.chats import ChatCount
from bot.store.feeds import feeds
from bot.web.console.names import account_names, topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, gone

SHOWN = 25
_MOST_PAGES = 5_000
_REMOVED = "removed by an admin"


@dataclass(frozen=True, slots=True)
class ManagedChat:
    """A group or channel, and the topics that it receives itself."""

    chat: Chat
    topics: frozenset[TopicId]


async def show(visit: Visit) -> PageView:
    words = visit.query.value("q")[:100]
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    accounts = [each.id for each in visit.accounts]
    found = await chats.shared_page(
        visit.tx, accounts, words=words, limit=SHOWN + 1, offset=(page - 1) * SHOWN
    )
    topics = await chats.subscriptions_of(visit.tx, [each.id for each in found[:SHOWN]])
    counted = await visit.console.figures.chats.get(None)
    values = {
        "words": words,
        "page": page,
        "has_more": len(found) > SHOWN,
        "chats": [ManagedChat(each, topics[each.id]) for each in found[:SHOWN]],
        "topics": await topic_names(visit),
        "accounts": await account_names(visit),
        "people": _people(counted.value) if counted else None,
        "counted": counted,
    }
    return PageView("chats.html", values)


async def change(visit: Visit) -> Redirect:
    """Give a group or channel the topics that were chosen, and no others."""
    chat = await _chat(visit)
    chosen = set(map(TopicId, visit.form.all("topic")))
    before = set(await chats.subscriptions(visit.tx, chat.id))
    for topic in await feeds.topics(visit.tx):
        if (topic.id in chosen) != (topic.id in before):
            on = topic.id in chosen
            await service.switch_topic(visit.tx, chat, topic, on=on, now=visit.now)
            switched = AuditAction.CHANNEL_TOPIC_ADDED if on else AuditAction.CHANNEL_TOPIC_REMOVED
            await visit.record(switched, of_channel(chat.address), after={"topic": topic.id})
    return Redirect("/chats", "saved")


async def set_status(visit: Visit) -> Redirect:
    """Pause a group or channel, or let it go on."""
    chat, on = await _chat(visit), visit.form.value("on") == "yes"
    status = ChatStatus.ACTIVE if on else ChatStatus.PAUSED
    await service.set_status(visit.tx, chat.address, status, now=visit.now)
    await visit.record(
        AuditAction.CHANNEL_RESUMED if on else AuditAction.CHANNEL_PAUSED,
        of_channel(chat.address),
        before={"status": chat.status},
        after={"status": status},
    )
    return Redirect("/chats", "chat-resumed" if on else "chat-paused")


async def remove(visit: Visit) -> Redirect:
    """Send a group or channel nothing more."""
    chat = await _chat(visit)
    topics = await service.topics_of(visit.tx, chat)
    await service.remove(visit.tx, chat.address, _REMOVED, now=visit.now)
    await visit.record(
        AuditAction.CHANNEL_REMOVED, of_channel(chat.address), before={"topics": ", ".join(sorted(topics))}
    )
    return Redirect("/chats", "chat-removed")


async def _chat(visit: Visit) -> Chat:
    """Return the group or channel that a form is about, if it is theirs to manage."""
    number = ChatId(visit.form.number("chat"))
    for account in visit.accounts:
        if chat := await service.channel(visit.tx, account.id, number):
            if chat.address.thread is not None:
                raise Refusal(400, "console-no-form")
            return chat
    raise gone()


def _people(counts: tuple[ChatCount, ...]) -> dict[str, int]:
    """Return how many private chats there are that are written to, are paused, and so on."""
    people = Counter[str]()
    for each in counts:
        if each.kind is ChatKind.PRIVATE:
            people[each.status.value] += each.subscribers
    return dict(people)


ROUTES = (
    shows("/chats", Right.CHANNELS, show),
    acts("/chats/topics", Right.CHANNELS, change),
    acts("/chats/status", Right.CHANNELS, set_status),
    acts("/chats/remove", Right.CHANNELS, remove),
)
