"""/kenh: the bot's managers add, watch, pause and remove channels and groups."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.commands.admin.channel_panel import panel, title_of, trial_button
from bot.commands.base.awaited_input import ChannelName
from bot.commands.base.callbacks import (
    AddChannel,
    ChannelAction,
    ListChannels,
    RemoveChannel,
    SetChannelStatus,
    ShowChannel,
    SwitchChannelTopic,
    TestChannel,
)
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.chat import Chat, ChatFacts, ChatId, ChatKind, ChatRight, ChatStatus
from bot.domain.chats.message import Button, Keyboard, Message, Span, bold, italic, plain
from bot.domain.desk.audit import AuditAction, of_channel
from bot.domain.desk.roles import Right
from bot.domain.text.text import shorten
from bot.services.rendering.card import paragraphs
from bot.services.subscribers import channels as service
from bot.services.subscribers import subscriptions
from bot.services.subscribers.articles import latest
from bot.services.subscribers.channels import Channel
from bot.store.chats import chats

handlers = Handlers()

_SHOWN = 20
_MARKS = {ChatStatus.ACTIVE: "🟢", ChatStatus.WAITING: "⏳", ChatStatus.PAUSED: "⏸", ChatStatus.OFF: "⚪️"}
_REMOVED = "removed by an admin"
_REFUSED = "refused by an admin"
_TOASTS = {
    ChannelAction.ON: "channel-resumed-toast",
    ChannelAction.OFF: "channel-paused-toast",
    ChannelAction.REFUSE: "channel-refused-toast",
}

_SWITCHED = {
    ChannelAction.ON: AuditAction.CHANNEL_RESUMED,
    ChannelAction.OFF: AuditAction.CHANNEL_PAUSED,
    ChannelAction.REFUSE: AuditAction.CHANNEL_REFUSED,
}


@handlers.command(Command.CHANNELS, admins_only(Right.CHANNELS), takes=any_words)
async def manage_channels(request: Request, words: str) -> Response:
    """List the channels and groups, or add the one that *words* name."""
    return await add(request, words) if words else await _list(request, 0)


@handlers.awaited(ChannelName, admins_only(Right.CHANNELS))
async def take_name(request: Request, awaited: ChannelName, words: str) -> Response:
    """Add the channel whose name somebody typed after being asked for it."""
    del awaited
    return await add(request, words)


async def add(request: Request, words: str) -> Response:
    """Add the channel that *words* name, once the bot may post there."""
    if not request.context.messenger.capabilities.tells_roles:
        return _how_groups_join(request)
    reference = _reference(words)
    facts = request.unit.facts(reference)
    if facts is None or facts.kind not in service.SHARED:
        return await _not_found(request, words)
    if ChatRight.POST in facts.missing:
        again = Button(request.text("button-check-again"), action=AddChannel(reference).pack())
        return request.say(_lacking(request, facts), keyboard=((again,), (_back_button(request),)))
    known = await chats.find(request.tx, facts.address)
    chat = await service.register(
        request.write_tx,
        facts.address,
        kind=facts.kind,
        language=request.context.translator.default_language,
        title=facts.title,
        now=request.now,
    )
    if known is None or chat.status is ChatStatus.OFF:
        await request.record(AuditAction.CHANNEL_CONNECTED, of_channel(chat.address))
    if chat.status is ChatStatus.OFF:
        await service.set_status(request.write_tx, chat.address, ChatStatus.ACTIVE, now=request.now)
    done = request.text("channel-verified", title=facts.title)
    photos = request.text("channel-missing-photos") if facts.missing else ""
    before = (plain("\n\n".join(filter(None, (done, photos)))),)
    return await panel(request, chat.id, before=before, again=bool(facts.missing))


async def _not_found(request: Request, words: str) -> Response:
    """Say that there is no such channel, and take the next words as its name, too."""
    chat = await request.registered()
    await chats.await_input(request.write_tx, chat.id, ChannelName().pack(), request.now)
    return request.say(
        plain(request.text("channel-not-found", name=shorten(words, 60))),
        plain(request.text("channel-private")),
        keyboard=(*_adding_links(request), (_back_button(request),)),
    )


def _how_groups_join(request: Request) -> Response:
    """Say how a group gets the bot where the messenger can look up none: its own people let it in."""
    link = request.context.messenger.link_to_add(ChatKind.GROUP)
    how = request.text("channel-join", link=link) if link else request.text("channel-join-closed")
    return request.say(plain(how), keyboard=((_back_button(request),),))


@handlers.button(ListChannels, admins_only(Right.CHANNELS))
async def press_channels(request: Request, pressed: ListChannels) -> Response:
    return await _list(request, pressed.page)


@handlers.button(AddChannel, admins_only(Right.CHANNELS), writes=True)
async def press_add(request: Request, pressed: AddChannel) -> Response:
    """Check a named channel again, or ask for a name."""
    if pressed.reference:
        return await add(request, pressed.reference)
    if not request.context.messenger.capabilities.tells_roles:
        return _how_groups_join(request)
    chat = await request.registered()
    await chats.await_input(request.write_tx, chat.id, ChannelName().pack(), request.now)
    return request.say(
        plain(request.text("channel-ask-name")),
        plain(request.text("channel-private")),
        keyboard=(*_adding_links(request), (_back_button(request),)),
    )


@handlers.button(ShowChannel, admins_only(Right.CHANNELS))
async def press_channel(request: Request, pressed: ShowChannel) -> Response:
    async def show(chat: Chat) -> Response:
        return await panel(request, chat.id)

    return await with_channel(request, pressed.chat, show)


@handlers.button(SwitchChannelTopic, admins_only(Right.CHANNELS), writes=True)
async def press_channel_topic(request: Request, pressed: SwitchChannelTopic) -> Response:
    async def choose(chat: Chat) -> Response:
        found = (await subscriptions.managed_choice(request.tx, chat)).topic(pressed.topic)
        if found is None:
            return await panel(request, chat.id, toast=request.text("topic-gone"))
        await service.switch_topic(request.write_tx, chat, found, on=pressed.on, now=request.now)
        switched = AuditAction.CHANNEL_TOPIC_ADDED if pressed.on else AuditAction.CHANNEL_TOPIC_REMOVED
        await request.record(switched, of_channel(chat.address), after={"topic": found.id})
        key = "subscribed-toast" if pressed.on else "unsubscribed-toast"
        return await panel(request, chat.id, toast=request.text(key, topic=found.name(request.language)))

    return await with_channel(request, pressed.chat, choose)


@handlers.button(SetChannelStatus, admins_only(Right.CHANNELS), writes=True)
async def press_status(request: Request, pressed: SetChannelStatus) -> Response:
    """Pause or resume a channel, or refuse it: a refused one stays paused, whoever lets the bot in again."""

    async def switch(chat: Chat) -> Response:
        status = ChatStatus.ACTIVE if pressed.wish is ChannelAction.ON else ChatStatus.PAUSED
        reason = _REFUSED if pressed.wish is ChannelAction.REFUSE else None
        await service.set_status(request.write_tx, chat.address, status, reason, now=request.now)
        await request.record(
            _SWITCHED[pressed.wish],
            of_channel(chat.address),
            before={"status": chat.status},
            after={"status": status},
        )
        return await panel(request, chat.id, toast=request.text(_TOASTS[pressed.wish]))

    return await with_channel(request, pressed.chat, switch)


@handlers.button(RemoveChannel, admins_only(Right.CHANNELS), writes=lambda pressed: pressed.sure)
async def press_remove(request: Request, pressed: RemoveChannel) -> Response:
    async def remove(chat: Chat) -> Response:
        topics = await service.topics_of(request.tx, chat)
        if pressed.sure:
            await service.remove(request.write_tx, chat.address, _REMOVED, now=request.now)
            await request.record(
                AuditAction.CHANNEL_REMOVED,
                of_channel(chat.address),
                before={"topics": ", ".join(sorted(topics))},
            )
            return await _list(request, 0, toast=request.text("channel-removed-toast"))
        return request.say(
            plain(request.text("channel-remove-confirm", title=title_of(chat), count=len(topics))),
            keyboard=(
                (
                    Button(
                        request.text("button-remove-sure"), action=RemoveChannel(chat.id, sure=True).pack()
                    ),
                ),
                (Button(request.text("button-cancel"), action=ShowChannel(chat.id).pack()),),
            ),
        )

    return await with_channel(request, pressed.chat, remove)


@handlers.button(TestChannel, admins_only(Right.CHANNELS), writes=lambda pressed: pressed.sure)
async def press_test(request: Request, pressed: TestChannel) -> Response:
    """Show a test message to whoever taps, and then send it to the channel, if the bot may post there."""

    async def show(chat: Chat) -> Response:
        card = await _test_card(request, chat)
        question = Message(
            (plain(request.text("channel-test-shown", title=title_of(chat))),),
            keyboard=(
                (trial_button(request, chat),),
                (Button(request.text("button-back"), action=ShowChannel(chat.id).pack()),),
            ),
        )
        return Response((OutgoingMessage(request.address, card), OutgoingMessage(request.address, question)))

    async def test(chat: Chat) -> Response:
        facts = request.unit.facts(chat.address.chat)
        if facts is None:
            lacking: Span = plain(request.text("channel-cannot-write"))
            return await panel(request, chat.id, before=(lacking,), again=True)
        if ChatRight.POST in facts.missing:
            return await panel(request, chat.id, before=(_lacking(request, facts),), again=True)
        await request.record(AuditAction.CHANNEL_TESTED, of_channel(chat.address))
        shown = await panel(request, chat.id, toast=request.text("channel-test-sent"))
        sent = OutgoingMessage(chat.address, await _test_card(request, chat))
        return replace(shown, messages=(sent, *shown.messages))

    return await with_channel(request, pressed.chat, test if pressed.sure else show)


async def _test_card(request: Request, chat: Chat) -> Message:
    """Return the newest card as *chat* would get it, under a line that says it is a test; or just a line."""
    context = request.context
    mark = context.translator.text(chat.language, "channel-test-mark")
    reader = context.reader(chat.id, chat.language, private=False)
    room = len(mark) + 2
    shorter = replace(
        reader.capabilities,
        text_length=reader.capabilities.text_length - room,
        caption_length=reader.capabilities.caption_length - room,
    )
    page = await latest(request.tx, replace(reader, capabilities=shorter), topics=None, limit=1)
    if not page.cards:
        return Message((plain(context.translator.text(chat.language, "channel-test")),))
    card = page.cards[0]
    return replace(card, text=paragraphs(italic(mark), card.text))


async def with_channel(
    request: Request, channel: ChatId, act: Callable[[Chat], Awaitable[Response]]
) -> Response:
    """Do *act* with a channel or group, if it is still there."""
    chat = await service.channel(request.tx, request.context.messenger.account, channel)
    if chat is None:
        return await _list(request, 0, toast=request.text("channel-gone"))
    return await act(chat)


async def _list(request: Request, page: int, *, toast: str | None = None) -> Response:
    found = await service.channels(request.tx, request.context.messenger.account)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return request.say(
        bold(request.text("channels-title")),
        plain(request.text("channels-choose" if found else "channels-none")),
        keyboard=(
            *((_channel_button(request, channel),) for channel in shown),
            *paging(ListChannels, page=page, pages=pages),
            (_add_button(request),),
        ),
        toast=toast,
    )


def _channel_button(request: Request, channel: Channel) -> Button:
    title = shorten(channel.chat.title or channel.chat.address.chat, 40)
    label = request.text("channel-label", title=title, count=len(channel.topics))
    return Button(f"{_MARKS[channel.chat.status]} {label}", action=ShowChannel(channel.chat.id).pack())


def _lacking(request: Request, facts: ChatFacts) -> Span:
    rights = ", ".join(request.text("right", right=right) for right in sorted(facts.missing, reverse=True))
    return plain(request.text("channel-missing-rights", title=facts.title, rights=rights))


def _reference(words: str) -> str:
    """Return "@name" from a name, with or without the sign, or from a link; an id stays as it is."""
    name = words.rstrip("/").rpartition("/")[2].strip()[:_REFERENCE]
    return name if name.startswith(("@", "-")) else f"@{name}"


_REFERENCE = 50
"""Code points of a name that are looked at. Bot API: user names have at most 32."""


def _add_button(request: Request) -> Button:
    return Button(request.text("button-add-channel"), action=AddChannel().pack())


def _adding_links(request: Request) -> Keyboard:
    """Return the buttons that let people add the bot without knowing any name, where there are such."""
    link = request.context.messenger.link_to_add
    wishes = (
        ("button-add-to-channel", link(ChatKind.CHANNEL)),
        ("button-add-to-group", link(ChatKind.SUPERGROUP)),
    )
    return tuple((Button(request.text(key), url=url),) for key, url in wishes if url)


def _back_button(request: Request) -> Button:
    return Button(request.text("button-back"), action=ListChannels().pack())
