"""/kenh: the bot's managers add, watch, pause and remove channels and groups."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.commands.callbacks import (
    AddChannel,
    ChannelWish,
    ListChannels,
    RemoveChannel,
    SetChannelStatus,
    ShowChannel,
    SwitchChannelTopic,
    TestChannel,
)
from bot.commands.channel_panel import panel, title_of, trial_button
from bot.commands.menus import paging
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatFacts, ChatId, ChatKind, ChatRight, ChatStatus
from bot.domain.message import Button, Keyboard, Message, Span, bold, italic, plain
from bot.domain.text import shorten
from bot.services import channels as service
from bot.services import subscriptions
from bot.services.channels import Channel
from bot.services.compose import paragraphs
from bot.services.latest import latest
from bot.store import chats

AWAITED = "channel"
"""What a private chat is waiting for after "add": the name of a channel."""

_SHOWN = 20
_MARKS = {ChatStatus.ACTIVE: "🟢", ChatStatus.PAUSED: "⏸", ChatStatus.OFF: "⚪️"}
_REMOVED = "removed by an admin"
_REFUSED = "refused by an admin"
_TOASTS = {
    ChannelWish.ON: "channel-resumed-toast",
    ChannelWish.OFF: "channel-paused-toast",
    ChannelWish.REFUSE: "channel-refused-toast",
}


async def manage_channels(turn: Turn, words: str) -> Answer:
    """List the channels and groups, or add the one that *words* name."""
    return await add(turn, words) if words else await _list(turn, 0)


async def add(turn: Turn, words: str) -> Answer:
    """Add the channel that *words* name, once the bot may post there."""
    reference = _reference(words)
    facts = turn.unit.facts(reference)
    if facts is None or facts.kind not in service.SHARED:
        return await _not_found(turn, words)
    if ChatRight.POST in facts.missing:
        again = Button(turn.text("button-check-again"), action=AddChannel(reference).pack())
        return turn.say(_lacking(turn, facts), keyboard=((again,), (_back_button(turn),)))
    chat = await service.register(
        turn.write_tx,
        facts.address,
        kind=facts.kind,
        language=turn.context.translator.default_language,
        title=facts.title,
        now=turn.now,
    )
    if chat.status is ChatStatus.OFF:
        await service.set_status(turn.write_tx, chat.address, ChatStatus.ACTIVE, now=turn.now)
    done = turn.text("channel-verified", title=facts.title)
    photos = turn.text("channel-missing-photos") if facts.missing else ""
    before = (plain("\n\n".join(filter(None, (done, photos)))),)
    return await panel(turn, chat.id, before=before, again=bool(facts.missing))


async def _not_found(turn: Turn, words: str) -> Answer:
    """Say that there is no such channel, and take the next words as its name, too."""
    chat = await turn.registered()
    await chats.await_input(turn.write_tx, chat.id, AWAITED, turn.now)
    return turn.say(
        plain(turn.text("channel-not-found", name=shorten(words, 60))),
        plain(turn.text("channel-private")),
        keyboard=(*_adding_links(turn), (_back_button(turn),)),
    )


async def press_channels(turn: Turn, pressed: ListChannels) -> Answer:
    return await _list(turn, pressed.page)


async def press_add(turn: Turn, pressed: AddChannel) -> Answer:
    """Check a named channel again, or ask for a name."""
    if pressed.reference:
        return await add(turn, pressed.reference)
    chat = await turn.registered()
    await chats.await_input(turn.write_tx, chat.id, AWAITED, turn.now)
    return turn.say(
        plain(turn.text("channel-ask-name")),
        plain(turn.text("channel-private")),
        keyboard=(*_adding_links(turn), (_back_button(turn),)),
    )


async def press_channel(turn: Turn, pressed: ShowChannel) -> Answer:
    async def show(chat: Chat) -> Answer:
        return await panel(turn, chat.id)

    return await with_channel(turn, pressed.chat, show)


async def press_channel_topic(turn: Turn, pressed: SwitchChannelTopic) -> Answer:
    async def choose(chat: Chat) -> Answer:
        found = (await subscriptions.managed_choice(turn.tx, chat)).topic(pressed.topic)
        if found is None:
            return await panel(turn, chat.id, toast=turn.text("topic-gone"))
        await service.switch_topic(turn.write_tx, chat, found, on=pressed.on, now=turn.now)
        key = "subscribed-toast" if pressed.on else "unsubscribed-toast"
        return await panel(turn, chat.id, toast=turn.text(key, topic=found.name(turn.language)))

    return await with_channel(turn, pressed.chat, choose)


async def press_status(turn: Turn, pressed: SetChannelStatus) -> Answer:
    """Pause or resume a channel, or refuse it: a refused one stays paused, whoever lets the bot in again."""

    async def switch(chat: Chat) -> Answer:
        status = ChatStatus.ACTIVE if pressed.wish is ChannelWish.ON else ChatStatus.PAUSED
        reason = _REFUSED if pressed.wish is ChannelWish.REFUSE else None
        await service.set_status(turn.write_tx, chat.address, status, reason, now=turn.now)
        return await panel(turn, chat.id, toast=turn.text(_TOASTS[pressed.wish]))

    return await with_channel(turn, pressed.chat, switch)


async def press_remove(turn: Turn, pressed: RemoveChannel) -> Answer:
    async def remove(chat: Chat) -> Answer:
        if pressed.sure:
            await service.remove(turn.write_tx, chat.address, _REMOVED, now=turn.now)
            return await _list(turn, 0, toast=turn.text("channel-removed-toast"))
        topics = await service.topics_of(turn.tx, chat)
        return turn.say(
            plain(turn.text("channel-remove-confirm", title=title_of(chat), count=len(topics))),
            keyboard=(
                (Button(turn.text("button-remove-sure"), action=RemoveChannel(chat.id, sure=True).pack()),),
                (Button(turn.text("button-cancel"), action=ShowChannel(chat.id).pack()),),
            ),
        )

    return await with_channel(turn, pressed.chat, remove)


async def press_test(turn: Turn, pressed: TestChannel) -> Answer:
    """Show a test message to whoever taps, and then send it to the channel, if the bot may post there."""

    async def show(chat: Chat) -> Answer:
        card = await _test_card(turn, chat)
        question = Message(
            (plain(turn.text("channel-test-shown", title=title_of(chat))),),
            keyboard=(
                (trial_button(turn, chat),),
                (Button(turn.text("button-back"), action=ShowChannel(chat.id).pack()),),
            ),
        )
        return Answer((Outgoing(turn.address, card), Outgoing(turn.address, question)))

    async def test(chat: Chat) -> Answer:
        facts = turn.unit.facts(chat.address.chat)
        if facts is None:
            lacking: Span = plain(turn.text("channel-cannot-write"))
            return await panel(turn, chat.id, before=(lacking,), again=True)
        if ChatRight.POST in facts.missing:
            return await panel(turn, chat.id, before=(_lacking(turn, facts),), again=True)
        shown = await panel(turn, chat.id, toast=turn.text("channel-test-sent"))
        sent = Outgoing(chat.address, await _test_card(turn, chat))
        return replace(shown, messages=(sent, *shown.messages))

    return await with_channel(turn, pressed.chat, test if pressed.sure else show)


async def _test_card(turn: Turn, chat: Chat) -> Message:
    """Return the newest card as *chat* would get it, under a line that says it is a test; or just a line."""
    context = turn.context
    mark = context.translator.text(chat.language, "channel-test-mark")
    reader = context.reader(chat.id, chat.language, private=False)
    room = len(mark) + 2
    shorter = replace(
        reader.capabilities,
        text_length=reader.capabilities.text_length - room,
        caption_length=reader.capabilities.caption_length - room,
    )
    page = await latest(turn.tx, replace(reader, capabilities=shorter), topics=None, limit=1)
    if not page.cards:
        return Message((plain(context.translator.text(chat.language, "channel-test")),))
    card = page.cards[0]
    return replace(card, text=paragraphs(italic(mark), card.text))


async def with_channel(turn: Turn, channel: ChatId, act: Callable[[Chat], Awaitable[Answer]]) -> Answer:
    """Do *act* with a channel or group, if it is still there."""
    chat = await service.channel(turn.tx, turn.context.messenger.account, channel)
    if chat is None:
        return await _list(turn, 0, toast=turn.text("channel-gone"))
    return await act(chat)


async def _list(turn: Turn, page: int, *, toast: str | None = None) -> Answer:
    found = await service.channels(turn.tx, turn.context.messenger.account)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return turn.say(
        bold(turn.text("channels-title")),
        plain(turn.text("channels-choose" if found else "channels-none")),
        keyboard=(
            *((_channel_button(turn, channel),) for channel in shown),
            *paging(ListChannels, page=page, pages=pages),
            (_add_button(turn),),
        ),
        toast=toast,
    )


def _channel_button(turn: Turn, channel: Channel) -> Button:
    title = shorten(channel.chat.title or channel.chat.address.chat, 40)
    label = turn.text("channel-label", title=title, count=len(channel.topics))
    return Button(f"{_MARKS[channel.chat.status]} {label}", action=ShowChannel(channel.chat.id).pack())


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
    return Button(turn.text("button-add-channel"), action=AddChannel().pack())


def _adding_links(turn: Turn) -> Keyboard:
    """Return the buttons that let people add the bot without knowing any name, where there are such."""
    link = turn.context.messenger.link_to_add
    wishes = (
        ("button-add-to-channel", link(ChatKind.CHANNEL)),
        ("button-add-to-group", link(ChatKind.SUPERGROUP)),
    )
    return tuple((Button(turn.text(key), url=url),) for key, url in wishes if url)


def _back_button(turn: Turn) -> Button:
    return Button(turn.text("button-back"), action=ListChannels().pack())
