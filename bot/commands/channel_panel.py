"""The panel of one channel or group: how it stands, and the buttons that change it."""

from bot.commands.callback_data import Verb, nest
from bot.commands.callbacks import (
    ChannelWish,
    ListChannels,
    OpenSettings,
    RemoveChannel,
    SetChannelStatus,
    SwitchChannelTopic,
    TestChannel,
)
from bot.commands.menus import topic_buttons
from bot.commands.turn import Answer, Turn
from bot.domain.chat import Chat, ChatId, ChatStatus
from bot.domain.message import Button, Keyboard, Message, RichText, bold, plain
from bot.services.compose import paragraphs
from bot.services.subscriptions import Choice, managed_choice
from bot.store import chats


async def panel(turn: Turn, channel: ChatId, *, before: RichText = (), toast: str | None = None) -> Answer:
    """Show how *channel* stands now, in place of the message whose button was tapped."""
    chat, chosen = await _state(turn, channel)
    return turn.say(before, _text(turn, chat, chosen), keyboard=_keyboard(turn, chat, chosen), toast=toast)


async def question(turn: Turn, channel: ChatId, news: str) -> Message:
    """Return the message that asks a manager which topics a new channel gets, or whether it gets any."""
    chat, chosen = await _state(turn, channel)
    refuse = Button(turn.text("button-refuse"), action=SetChannelStatus(chat.id, ChannelWish.REFUSE).pack())
    text = paragraphs(plain(news), plain(turn.text("channel-choose")))
    return Message(text, keyboard=(*_switches(turn, chat, chosen), (refuse,)))


async def _state(turn: Turn, channel: ChatId) -> tuple[Chat, Choice]:
    chat = await chats.get(turn.tx, channel)
    if chat is None:
        raise LookupError(f"chat {channel} is gone")
    return chat, await managed_choice(turn.tx, chat)


def _text(turn: Turn, chat: Chat, chosen: Choice) -> RichText:
    topics = turn.text("channel-no-topics")
    if chosen.chosen:
        topics = turn.text("channel-topics", topics=chosen.names(turn.language))
    kind = turn.text("channel-kind", kind=chat.kind)
    status = turn.text("channel-status", status=chat.status)
    title = bold(f"{kind}: {chat.title or chat.address.chat}")
    return (title, plain(f"\n{status}\n{topics}"))


def _keyboard(turn: Turn, chat: Chat, chosen: Choice) -> Keyboard:
    paused = chat.status is not ChatStatus.ACTIVE
    wish = ChannelWish.ON if paused else ChannelWish.OFF
    switch = Button(
        turn.text("button-resume" if paused else "button-pause"),
        action=SetChannelStatus(chat.id, wish).pack(),
    )
    settings = OpenSettings().pack()
    return (
        *_switches(turn, chat, chosen),
        (Button(turn.text("button-settings"), action=nest(Verb.CHANNEL_SETTINGS, chat.id, settings)),),
        (Button(turn.text("button-test"), action=TestChannel(chat.id).pack()), switch),
        (
            Button(turn.text("button-remove"), action=RemoveChannel(chat.id).pack()),
            Button(turn.text("button-back"), action=ListChannels().pack()),
        ),
    )


def _switches(turn: Turn, chat: Chat, chosen: Choice) -> Keyboard:
    return topic_buttons(
        turn.language, chosen, lambda topic, on: SwitchChannelTopic(chat.id, on, topic.id).pack()
    )
