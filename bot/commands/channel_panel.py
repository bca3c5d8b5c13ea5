"""The panel of one channel or group: how it stands, and the buttons that change it."""

from bot.commands.callback_data import Verb, nest
from bot.commands.callbacks import (
    AddChannel,
    ChannelWish,
    ListChannels,
    OpenSettings,
    RemoveChannel,
    SetChannelStatus,
    ShowChannel,
    SwitchChannelTopic,
    TestChannel,
)
from bot.commands.menus import topic_buttons
from bot.commands.turn import Answer, Turn
from bot.domain.chat import Chat, ChatId, ChatStatus
from bot.domain.message import Button, Keyboard, Message, RichText, bold, plain
from bot.domain.text import shorten
from bot.services import channels
from bot.services.compose import paragraphs
from bot.services.subscriptions import Choice, managed_choice
from bot.store import chats

_LABEL = 40


async def panel(
    turn: Turn, channel: ChatId, *, before: RichText = (), again: bool = False, toast: str | None = None
) -> Answer:
    """Show how *channel* stands now, in place of the message whose button was tapped.

    With *again* there is a button that checks the rights of the bot there once more.
    """
    chat, chosen = await _state(turn, channel)
    threads = [(each, await managed_choice(turn.tx, each)) for each in await channels.threads(turn.tx, chat)]
    text = paragraphs(
        _text(turn, chat, chosen, served=bool(chosen.chosen or threads)),
        *(_thread_line(turn, *each) for each in threads),
    )
    check = Button(turn.text("button-check-again"), action=AddChannel(chat.address.chat).pack())
    keyboard = (
        *(((check,),) if again else ()),
        *_switches(turn, chat, chosen),
        *((_thread_button(turn, thread),) for thread, _ in threads),
        *(await _keyboard(turn, chat)),
    )
    return turn.say(before, text, keyboard=keyboard, toast=toast)


async def question(turn: Turn, channel: ChatId, news: str) -> Message:
    """Return the message that asks a manager which topics a new channel gets, or whether it gets any."""
    chat, chosen = await _state(turn, channel)
    refuse = Button(turn.text("button-refuse"), action=SetChannelStatus(chat.id, ChannelWish.REFUSE).pack())
    text = paragraphs(plain(news), plain(turn.text("channel-choose")))
    return Message(text, keyboard=(*_switches(turn, chat, chosen), (refuse,)))


def title_of(chat: Chat) -> str:
    return chat.title or chat.address.chat


async def _state(turn: Turn, channel: ChatId) -> tuple[Chat, Choice]:
    chat = await chats.get(turn.tx, channel)
    if chat is None:
        raise LookupError(f"chat {channel} is gone")
    return chat, await managed_choice(turn.tx, chat)


def _text(turn: Turn, chat: Chat, chosen: Choice, *, served: bool) -> RichText:
    """Return how *chat* stands; it is *served* if it, or a topic of its forum, receives anything."""
    topics = turn.text("channel-no-topics")
    if chosen.chosen:
        topics = turn.text("channel-topics", topics=chosen.names(turn.language))
    kind = turn.text("channel-kind", kind=chat.kind)
    is_idle = chat.status is ChatStatus.ACTIVE and not served
    status = turn.text("channel-status", status="idle" if is_idle else chat.status)
    title = f"{kind}: {title_of(chat)}"
    if chat.address.thread:
        title += "\n" + turn.text("channel-thread", number=chat.address.thread)
    return (bold(title), plain(f"\n{status}\n{topics}"))


def _thread_line(turn: Turn, thread: Chat, chosen: Choice) -> RichText:
    number = thread.address.thread or ""
    topics = chosen.names(turn.language)
    return (plain(turn.text("channel-thread-topics", number=number, topics=topics)),)


def _thread_button(turn: Turn, thread: Chat) -> Button:
    label = turn.text("channel-thread", number=thread.address.thread or "")
    return Button(f"💬 {label}", action=ShowChannel(thread.id).pack())


async def _keyboard(turn: Turn, chat: Chat) -> Keyboard:
    """Return the buttons below the topics; a topic of a forum is paused and removed with its group."""
    settings = nest(Verb.CHANNEL_SETTINGS, chat.id, OpenSettings().pack())
    rows: Keyboard = (
        (Button(turn.text("button-settings"), action=settings),),
        (Button(turn.text("button-test-here"), action=TestChannel(chat.id).pack()),),
    )
    if chat.address.thread:
        forum = await channels.forum_of(turn.tx, chat)
        back = ShowChannel(forum.id).pack() if forum else ListChannels().pack()
        return (*rows, (Button(turn.text("button-back"), action=back),))
    paused = chat.status is not ChatStatus.ACTIVE
    wish = ChannelWish.ON if paused else ChannelWish.OFF
    switch = turn.text("button-resume" if paused else "button-pause")
    return (
        *rows,
        (Button(switch, action=SetChannelStatus(chat.id, wish).pack()),),
        (Button(turn.text("button-remove"), action=RemoveChannel(chat.id).pack()),),
        (Button(turn.text("button-back"), action=ListChannels().pack()),),
    )


def trial_button(turn: Turn, chat: Chat) -> Button:
    """Return the button that sends a test message to a channel itself."""
    label = turn.text("button-test-there", title=shorten(title_of(chat), _LABEL))
    return Button(label, action=TestChannel(chat.id, sure=True).pack())


def _switches(turn: Turn, chat: Chat, chosen: Choice) -> Keyboard:
    return topic_buttons(
        turn.language, chosen, lambda topic, on: SwitchChannelTopic(chat.id, on, topic.id).pack()
    )
