"""Buttons and lists that several commands show."""

from collections.abc import Callable, Mapping
from itertools import accumulate

from bot.commands.base import settings_text
from bot.commands.base.callback_data import CallbackData
from bot.commands.base.callbacks import ChooseLanguage, OpenCommand, SwitchAllTopics, SwitchTopic, View
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.domain.chats.chat import ChatStatus, TopicId
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, RichText, Span, bold, length, plain
from bot.domain.news.feed import Topic
from bot.domain.news.frequency import Frequency
from bot.i18n import LANGUAGES
from bot.services.rendering.card import paragraphs
from bot.services.subscribers.subscriptions import Choice

CHOSEN = "✅"
NOT_CHOSEN = "◻️"

VIEWS = {View.TOPICS: Command.TOPICS, View.SUBSCRIBE: Command.SUBSCRIBE}
"""The commands that show a list of topics."""

_OTHER_WORDS = 800
"""Code points that a list of topics may need besides their descriptions."""


def topic_buttons(language: str, choice: Choice, action_for: Callable[[Topic, bool], str]) -> Keyboard:
    """Return a button a topic; *action_for* is told the topic and whether the button is to choose it."""
    return tuple(
        (
            Button(
                _switch_label(choice, topic, language),
                action=action_for(topic, topic.id not in choice.chosen),
            ),
        )
        for topic in choice.topics
    )


def _switch_label(choice: Choice, topic: Topic, language: str) -> str:
    subscribed = choice.subscriptions.get(topic.id)
    marks = settings_text.marks(subscribed) if subscribed else ""
    return f"{CHOSEN if topic.id in choice.chosen else NOT_CHOSEN} {topic.name(language)}{marks}"


def topic_menu(
    request: Request, choice: Choice, view: Command, *, paces: Mapping[TopicId, Frequency]
) -> tuple[RichText, Keyboard]:
    """Return the list of topics, with what each is about, how often it publishes, and a switch."""
    if not choice.topics:
        return (plain(request.text("topics-none")),), ()
    title = request.text("topics-title" if view is Command.TOPICS else "subscribe-title")
    paused = request.chat is not None and request.chat.status is ChatStatus.PAUSED
    text = paragraphs(
        bold(title),
        *_descriptions(request, choice, paces),
        plain(request.text("topics-choose")),
        plain(request.text("topics-marks") if _has_marks(choice) else ""),
        plain(request.text("topics-paused") if paused else ""),
    )
    here = View.TOPICS if view is Command.TOPICS else View.SUBSCRIBE
    switches = topic_buttons(
        request.language, choice, lambda topic, on: SwitchTopic(here, on, topic.id).pack()
    )
    last = (latest_button(request), settings_button(request))
    return text, (*switches, *_for_all(request, choice, here), last)


def _has_marks(choice: Choice) -> bool:
    return any(settings_text.marks(each) for each in choice.subscriptions.values())


def _for_all(request: Request, choice: Choice, view: View) -> Keyboard:
    everything = Button(
        request.text("button-all"), action=SwitchAllTopics(view, on=True).pack(), style=ButtonStyle.SUCCESS
    )
    nothing = Button(request.text("button-none"), action=SwitchAllTopics(view, on=False).pack())
    row = []
    if len(choice.topics) > 1 and len(choice.chosen) < len(choice.topics):
        row.append(everything)
    if len(choice.chosen) > 1:
        row.append(nothing)
    return (tuple(row),) if row else ()


def _descriptions(
    request: Request, choice: Choice, paces: Mapping[TopicId, Frequency]
) -> tuple[RichText, ...]:
    """Return what each topic is about, as far as that fits in a message: the buttons name them all."""
    descriptions = tuple(_described(request, topic, paces.get(topic.id)) for topic in choice.topics)
    taken = accumulate(length(each) + len("\n\n") for each in descriptions)
    room = request.context.messenger.capabilities.text_length - _OTHER_WORDS
    return tuple(each for each, end in zip(descriptions, taken, strict=True) if end <= room)


def _described(request: Request, topic: Topic, pace: Frequency | None) -> RichText:
    about = [topic.description(request.language)]
    if pace:
        about.append(request.text("topic-pace", count=pace.count, unit=pace.unit))
    said = "\n".join(filter(None, about))
    name = bold(topic.name(request.language))
    return (name, Span(f"\n{said}")) if said else (name,)


def open_button(label: str, command: Command) -> Button:
    return Button(label, action=OpenCommand(command).pack())


def topics_button(request: Request) -> Button:
    return open_button(request.text("button-topics"), Command.TOPICS)


def settings_button(request: Request) -> Button:
    return open_button(request.text("button-settings"), Command.SETTINGS)


def latest_button(request: Request) -> Button:
    return open_button(request.text("button-latest"), Command.LATEST)


def search_button(request: Request) -> Button:
    return open_button(request.text("button-search"), Command.SEARCH)


def navigation(request: Request) -> Keyboard:
    """Return the buttons under every answer that ends somewhere: topics, news, search, help."""
    return (
        (topics_button(request), latest_button(request)),
        (search_button(request), open_button(request.text("button-help"), Command.HELP)),
    )


def ways_on(request: Request) -> Keyboard:
    """Return the buttons where the bot has found or understood nothing: stopping is one of them."""
    return (
        (topics_button(request), latest_button(request)),
        (
            open_button(request.text("button-stop"), Command.UNSUBSCRIBE),
            open_button(request.text("button-help"), Command.HELP),
        ),
    )


def hint(request: Request) -> Response:
    """Say what the bot does, with buttons that lead on, where nothing else can be said."""
    return request.say(plain(request.text("hint")), keyboard=ways_on(request))


def language_buttons(
    request: Request, then: Command, words: str = "", *, with_own: bool = False
) -> tuple[Button, ...]:
    """Return a button for each language; *then* follows with *words* in it. The one that is spoken has one
    only *with_own*, and a mark on it.
    """
    text = request.context.translator.text
    return tuple(
        Button(
            f"{CHOSEN if language == request.language else '🌐'} {text(language, 'language-name')}",
            action=ChooseLanguage(language, then, words).pack(),
        )
        for language in LANGUAGES
        if with_own or language != request.language
    )


def paging(data_of: Callable[[int], CallbackData], *, page: int, pages: int) -> Keyboard:
    """Return buttons to the pages beside *page*, which is counted from 0."""
    row = []
    if page > 0:
        row.append(Button(f"‹ {page}/{pages}", action=data_of(page - 1).pack()))
    if page < pages - 1:
        row.append(Button(f"{page + 2}/{pages} ›", action=data_of(page + 1).pack()))
    return (tuple(row),) if row else ()
