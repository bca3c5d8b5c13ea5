"""The panel of one channel or group: how it stands, and the buttons that change it."""

from bot.commands.base.callback_data import Verb, nest
from bot.commands.base.callbacks import (
    AddChannel,
    ChannelAction,
    ListChannels,
    OpenSettings,
    RemoveChannel,
    SetChannelStatus,
    ShowChannel,
    SwitchChannelTopic,
    TestChannel,
)
from bot.commands.base.context import Request, Response
from bot.commands.base.keyboards import topic_buttons
from bot.domain.chats.chat import Chat, ChatId, ChatStatus
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, Message, RichText, bold, plain
from bot.domain.text.text import shorten
from bot.services.rendering.card import paragraphs
from bot.services.subscribers import channels
from bot.services.subscribers.subscriptions import Choice, managed_choice
from bot.store.chats import chats

_LABEL = 40


async def panel(
    request: Request, channel: ChatId, *, before: RichText = (), again: bool = False, toast: str | None = None
) -> Response:
    """Show how *channel* stands now, in place of the message whose button was tapped.

    With *again* there is a button that checks the rights of the bot there once more.
    """
    chat, chosen = await _state(request, channel)
    threads = [
        (each, await managed_choice(request.tx, each)) for each in await channels.threads(request.tx, chat)
    ]
    text = paragraphs(
        _text(request, chat, chosen, served=bool(chosen.chosen or threads)),
        *(_thread_line(request, *each) for each in threads),
    )
    check = Button(request.text("button-check-again"), action=AddChannel(chat.address.chat).pack())
    keyboard = (
        *(((check,),) if again else ()),
        *_switches(request, chat, chosen),
        *((_thread_button(request, thread),) for thread, _ in threads),
        *(await _keyboard(request, chat)),
    )
    return request.say(before, text, keyboard=keyboard, toast=toast)


async def question(request: Request, channel: ChatId, news: str) -> Message:
    """Return the message that asks a manager which topics a new channel gets, or whether it gets any."""
    chat, chosen = await _state(request, channel)
    refuse = Button(
        request.text("button-refuse"), action=SetChannelStatus(chat.id, ChannelAction.REFUSE).pack()
    )
    text = paragraphs(plain(news), plain(request.text("channel-choose")))
    return Message(text, keyboard=(*_switches(request, chat, chosen), (refuse,)))


def title_of(chat: Chat) -> str:
    return chat.title or chat.address.chat


async def _state(request: Request, channel: ChatId) -> tuple[Chat, Choice]:
    chat = await chats.get(request.tx, channel)
    if chat is None:
        raise LookupError(f"chat {channel} is gone")
    return chat, await managed_choice(request.tx, chat)


def _text(request: Request, chat: Chat, chosen: Choice, *, served: bool) -> RichText:
    """Return how *chat* stands; it is *served* if it, or a topic of its forum, receives anything."""
    topics = request.text("channel-no-topics")
    if chosen.chosen:
        topics = request.text("channel-topics", topics=chosen.names(request.language))
    kind = request.text("channel-kind", kind=chat.kind)
    is_idle = chat.status is ChatStatus.ACTIVE and not served
    status = request.text("channel-status", status="idle" if is_idle else chat.status)
    title = f"{kind}: {title_of(chat)}"
    if chat.address.thread:
        title += "\n" + request.text("channel-thread", number=chat.address.thread)
    return (bold(title), plain(f"\n{status}\n{topics}"))


def _thread_line(request: Request, thread: Chat, chosen: Choice) -> RichText:
    number = thread.address.thread or ""
    topics = chosen.names(request.language)
    return (plain(request.text("channel-thread-topics", number=number, topics=topics)),)


def _thread_button(request: Request, thread: Chat) -> Button:
    label = request.text("channel-thread", number=thread.address.thread or "")
    return Button(f"💬 {label}", action=ShowChannel(thread.id).pack())


async def _keyboard(request: Request, chat: Chat) -> Keyboard:
    """Return the buttons below the topics; a topic of a forum is paused and removed with its group."""
    settings = nest(Verb.CHANNEL_SETTINGS, chat.id, OpenSettings().pack())
    rows: Keyboard = (
        (Button(request.text("button-settings"), action=settings),),
        (Button(request.text("button-test-here"), action=TestChannel(chat.id).pack()),),
    )
    if chat.address.thread:
        forum = await channels.forum_of(request.tx, chat)
        back = ShowChannel(forum.id).pack() if forum else ListChannels().pack()
        return (*rows, (Button(request.text("button-back"), action=back),))
    paused = chat.status is not ChatStatus.ACTIVE
    wish = ChannelAction.ON if paused else ChannelAction.OFF
    switch = request.text("button-resume" if paused else "button-pause")
    return (
        *rows,
        (Button(switch, action=SetChannelStatus(chat.id, wish).pack()),),
        (
            Button(
                request.text("button-remove"), action=RemoveChannel(chat.id).pack(), style=ButtonStyle.DANGER
            ),
        ),
        (Button(request.text("button-back"), action=ListChannels().pack()),),
    )


def trial_button(request: Request, chat: Chat) -> Button:
    """Return the button that sends a test message to a channel itself."""
    label = request.text("button-test-there", title=shorten(title_of(chat), _LABEL))
    return Button(label, action=TestChannel(chat.id, sure=True).pack())


def _switches(request: Request, chat: Chat, chosen: Choice) -> Keyboard:
    return topic_buttons(
        request.language, chosen, lambda topic, on: SwitchChannelTopic(chat.id, on, topic.id).pack()
    )
