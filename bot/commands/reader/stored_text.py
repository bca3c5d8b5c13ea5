"""What is stored about a chat, in words: a line for each thing."""

from collections.abc import Sequence
from datetime import datetime

from bot.commands.base import settings_text
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.domain.chats.chat import Chat, ChatKind
from bot.domain.chats.filters import LONGEST_SHOWN
from bot.domain.chats.message import Keyboard, Message, RichText
from bot.domain.chats.preferences import AT_ONCE, Preferences
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.messaging.splitting import split
from bot.domain.text.text import one_line
from bot.store.chats.personal_data import PersonalData


def of_chat(request: Request, chat: Chat, about: PersonalData) -> list[str]:
    """Return all of it but how many articles are on the reading list."""
    return [
        request.text("data-chat", chat=chat.address.chat),
        request.text("data-since", moment=request.moment(about.since)),
        request.text("data-language", language=chat.language),
        request.text("data-status", status=chat.status),
        *([_consent(request, chat)] if chat.kind is ChatKind.PRIVATE else []),
        *_topics(request, about),
        *_preferred(request, about.preferences),
        _deliveries(request, about),
        *([_dormancy(request, about.unsubscribed_since)] if about.unsubscribed_since else []),
    ]


def said(request: Request, paragraphs: Sequence[tuple[RichText, ...]], keyboard: Keyboard) -> Response:
    """Say *paragraphs*, each of lines, in as many messages as it takes; *keyboard* stands below the last."""
    *before, last = split(paragraphs, request.context.messenger.capabilities.text_length)
    if not before:
        return request.say(last, keyboard=keyboard)
    messages = [*(Message(part) for part in before), Message(last, keyboard=keyboard)]
    return Response(tuple(OutgoingMessage(request.address, message) for message in messages))


def of_note(request: Request, note: str) -> list[str]:
    return [request.text("data-note", note=note)] if note else []


def _consent(request: Request, chat: Chat) -> str:
    if chat.consent_at and chat.consent_version:
        moment = request.moment(chat.consent_at)
        return request.text("data-consent", moment=moment, version=chat.consent_version)
    return request.text("data-no-consent")


def _dormancy(request: Request, since: datetime) -> str:
    days = request.context.keeping.unsubscribed
    return request.text("data-dormant", moment=request.moment(since), days=days)


def _topics(request: Request, about: PersonalData) -> list[str]:
    said = [request.text("data-topics" if about.subscriptions else "data-no-topics")]
    for topic, since in about.subscriptions:
        name, moment = one_line(topic.name(request.language)), request.moment(since)
        said.append(request.text("data-topic", topic=name, moment=moment))
        choice = about.choices.get(topic.id)
        if choice and (choice.filter or choice.schedule != AT_ONCE):
            said[-1] += f"; {settings_text.subscription(request, choice, most=LONGEST_SHOWN)}"
    for topic, since in about.memberships:
        name, moment = one_line(topic.name(request.language)), request.moment(since)
        said.append(request.text("data-member", topic=name, moment=moment))
        said += of_note(request, about.notes.get(topic.id, ""))
    for topic, each, at in about.stopped:
        what = settings_text.subscription(request, each, most=LONGEST_SHOWN)
        name, moment = one_line(topic.name(request.language)), request.moment(at)
        said.append(request.text("data-stopped", topic=name, what=what, moment=moment))
    return said


def _preferred(request: Request, preferences: Preferences | None) -> list[str]:
    if preferences is None:
        return []
    zone = settings_text.place(request, preferences.time_zone)
    form = preferences.address
    return [
        settings_text.quiet(request, preferences),
        settings_text.form(request, preferences, zone=zone),
        *([request.text("data-address", form=form)] if form else []),
    ]


def _deliveries(request: Request, about: PersonalData) -> str:
    count = about.deliveries
    sent, pending = count.get(DeliveryStatus.SENT, 0), count.get(DeliveryStatus.PENDING, 0)
    ended = sum(count.values()) - sent - pending
    return request.text("data-deliveries", sent=sent, pending=pending, ended=ended)
