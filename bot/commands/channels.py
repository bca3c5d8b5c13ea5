"""/kenh: the bot's managers add, watch, pause and remove channels and groups."""

from collections.abc import Awaitable, Callable

from bot.commands.actions import Action, Verb, action
from bot.commands.basics import hint
from bot.commands.channel_panel import panel
from bot.commands.menus import paging
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatFacts, ChatId, ChatRight, ChatStatus, TopicId
from bot.domain.message import Button, Message, Span, bold, plain
from bot.domain.text import shorten
from bot.services import channels as service
from bot.services import subscriptions
from bot.services.channels import Channel
from bot.services.latest import latest
from bot.store import chats

AWAITED = "channel"
"""What a private chat is waiting for after "add": the name of a channel."""

_SHOWN = 20
_MARKS = {ChatStatus.ACTIVE: "🟢", ChatStatus.PAUSED: "⏸", ChatStatus.OFF: "⚪️"}
_REMOVED = "removed by an admin"
_REFUSED = "refused by an admin"


async def manage_channels(turn: Turn, words: str) -> Answer:
    """List the channels and groups, or add the one that *words* name."""
    if not turn.is_private:
        return turn.refuse(turn.text("private-only")) if await turn.may_manage() else Answer()
    if not await turn.may_manage():
        return hint(turn)
    return await add(turn, words) if words else await _list(turn, 0)


async def add(turn: Turn, words: str) -> Answer:
    """Add the channel that *words* name, once the bot may post there."""
    if not await turn.may_manage():
        return hint(turn)
    reference = _reference(words)
    facts = await turn.context.messenger.facts(reference)
    if facts is None or facts.kind not in service.SHARED:
        return turn.say(
            plain(turn.text("channel-not-found", name=shorten(words, 60))),
            keyboard=((_add_button(turn),), (_back_button(turn),)),
        )
    if ChatRight.POST in facts.missing:
        again = Button(turn.text("button-check-again"), action=action(Verb.CHANNEL_ADD, reference))
        return turn.say(_lacking(turn, facts), keyboard=((again,), (_back_button(turn),)))
    chat = await service.register(
        turn.context.database,
        facts.address,
        kind=facts.kind,
        language=turn.context.translator.default_language,
        title=facts.title,
        now=turn.now,
    )
    if chat.status is ChatStatus.OFF:
        await service.set_status(turn.context.database, chat.address, ChatStatus.ACTIVE, now=turn.now)
    done = turn.text("channel-verified", title=facts.title)
    photos = turn.text("channel-missing-photos") if facts.missing else ""
    return await panel(turn, chat.id, before=(plain("\n\n".join(filter(None, (done, photos)))),))


async def press_channels(turn: Turn, pressed: Action) -> Answer:
    if not await turn.may_manage():
        return turn.refuse(turn.text("not-allowed"))
    return await _list(turn, int(pressed.rest) if pressed.rest.isdecimal() else 0)


async def press_add(turn: Turn, pressed: Action) -> Answer:
    """Check a named channel again, or ask for a name."""
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    if pressed.rest:
        return await add(turn, pressed.rest)
    chat = await turn.registered()
    async with turn.context.database.write() as tx:
        await chats.await_input(tx, chat.id, AWAITED, turn.now)
    return turn.say(plain(turn.text("channel-ask-name")), keyboard=((_back_button(turn),),))


async def press_channel(turn: Turn, pressed: Action) -> Answer:
    async def show(chat: Chat) -> Answer:
        return await panel(turn, chat.id)

    return await with_channel(turn, pressed.rest, show)


async def press_channel_topic(turn: Turn, pressed: Action) -> Answer:
    channel_id, on, topic_id = pressed.arguments(3)

    async def choose(chat: Chat) -> Answer:
        database, topic = turn.context.database, TopicId(topic_id)
        found = (await subscriptions.managed_choice(database, chat)).topic(topic)
        if found is None:
            return await panel(turn, chat.id, toast=turn.text("topic-gone"))
        await service.switch_topic(database, chat, found, on=on == "1", now=turn.now)
        key = "subscribed-toast" if on == "1" else "unsubscribed-toast"
        return await panel(turn, chat.id, toast=turn.text(key, topic=found.name(turn.language)))

    return await with_channel(turn, channel_id, choose)


async def press_status(turn: Turn, pressed: Action) -> Answer:
    """Pause or resume a channel, or refuse it: a refused one stays paused, whoever lets the bot in again."""
    channel_id, wish = pressed.arguments(2)

    async def switch(chat: Chat) -> Answer:
        status = ChatStatus.ACTIVE if wish == "on" else ChatStatus.PAUSED
        reason = _REFUSED if wish == "no" else None
        await service.set_status(turn.context.database, chat.address, status, reason, now=turn.now)
        toasts = {"on": "channel-resumed-toast", "no": "channel-refused-toast"}
        return await panel(turn, chat.id, toast=turn.text(toasts.get(wish, "channel-paused-toast")))

    return await with_channel(turn, channel_id, switch)


async def press_remove(turn: Turn, pressed: Action) -> Answer:
    channel_id, sure = pressed.arguments(2)

    async def remove(chat: Chat) -> Answer:
        if sure:
            await service.remove(turn.context.database, chat.address, _REMOVED, now=turn.now)
            return await _list(turn, 0, toast=turn.text("channel-removed-toast"))
        return turn.say(
            plain(turn.text("channel-remove-confirm", title=chat.title or chat.address.chat)),
            keyboard=(
                (Button(turn.text("button-remove-sure"), action=action(Verb.CHANNEL_REMOVE, chat.id, 1)),),
                (Button(turn.text("button-cancel"), action=action(Verb.CHANNEL, chat.id)),),
            ),
        )

    return await with_channel(turn, channel_id, remove)


async def press_test(turn: Turn, pressed: Action) -> Answer:
    """Send the newest card to the channel, if the bot may post there."""

    async def test(chat: Chat) -> Answer:
        context = turn.context
        facts = await context.messenger.facts(chat.address.chat)
        if facts is None:
            return await panel(turn, chat.id, before=(plain(turn.text("channel-cannot-write")),))
        if ChatRight.POST in facts.missing:
            return await panel(turn, chat.id, before=(_lacking(turn, facts),))
        reader = context.reader(chat.id, chat.language, private=False)
        page = await latest(context.database, reader, topics=None, limit=1)
        words = Message((plain(context.translator.text(chat.language, "channel-test")),))
        card = page.cards[0] if page.cards else words
        return Answer((Outgoing(chat.address, card),), turn.text("channel-test-sent"))

    return await with_channel(turn, pressed.rest, test)


async def with_channel(turn: Turn, channel_id: str, act: Callable[[Chat], Awaitable[Answer]]) -> Answer:
    """Do *act* with a channel that exists, for somebody who may: a button proves neither."""
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    account = turn.context.messenger.account
    # No id of ours has more digits than SQLite can count.
    known = channel_id.isdecimal() and len(channel_id) < 19
    chat = await service.channel(turn.context.database, account, ChatId(int(channel_id))) if known else None
    if chat is None:
        return await _list(turn, 0, toast=turn.text("channel-gone"))
    return await act(chat)


async def _list(turn: Turn, page: int, *, toast: str | None = None) -> Answer:
    found = await service.channels(turn.context.database, turn.context.messenger.account)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return turn.say(
        bold(turn.text("channels-title")),
        plain(turn.text("channels-choose" if found else "channels-none")),
        keyboard=(
            *((_channel_button(turn, channel),) for channel in shown),
            *paging(Verb.CHANNELS, page=page, pages=pages),
            (_add_button(turn),),
        ),
        toast=toast,
    )


def _channel_button(turn: Turn, channel: Channel) -> Button:
    title = shorten(channel.chat.title or channel.chat.address.chat, 40)
    label = turn.text("channel-label", title=title, count=len(channel.topics))
    return Button(f"{_MARKS[channel.chat.status]} {label}", action=action(Verb.CHANNEL, channel.chat.id))


def _lacking(turn: Turn, facts: ChatFacts) -> Span:
    rights = ", ".join(turn.text("right", right=right) for right in sorted(facts.missing, reverse=True))
    return plain(turn.text("channel-missing-rights", title=facts.title, rights=rights))


def _reference(words: str) -> str:
    """Return "@name" from a name, with or without the sign, or from a link; an id stays as it is."""
    name = words.rstrip("/").rpartition("/")[2].strip()[:_REFERENCE]
    return name if name.startswith(("@", "-")) else f"@{name}"


_REFERENCE = 50
"""Code points of a name that are looked at. Bot API: user names have at most 32."""


def _add_button(turn: Turn) -> Button:
    return Button(turn.text("button-add-channel"), action=action(Verb.CHANNEL_ADD))


def _back_button(turn: Turn) -> Button:
    return Button(turn.text("button-back"), action=action(Verb.CHANNELS, 0))
