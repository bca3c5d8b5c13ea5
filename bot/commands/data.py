"""/dulieu, /xoadulieu and /quyenriengtu: what is stored about a person, and deleting it at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands import chosen, consent
from bot.commands.callbacks import Erase, ErasureStep
from bot.commands.recent import Question
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat
from bot.domain.delivery import DeliveryStatus
from bot.domain.filters import LONGEST_SHOWN
from bot.domain.message import Button, Message, RichText, bold, plain
from bot.domain.preferences import AT_ONCE, Preferences
from bot.domain.splitting import split
from bot.domain.text import one_line
from bot.services.erasing import erase
from bot.store import admins, personal, shown_menus
from bot.store.personal import Personal


async def show_data(turn: Turn, words: str) -> Answer:
    """Show all that is stored about a person."""
    del words
    title = bold(turn.text("data-title"))
    lines = await _lines(turn)
    if not lines:
        return turn.say(title, plain(turn.text("data-none")))
    button = Button(turn.text("button-erase"), action=Erase(ErasureStep.ASK).pack())
    listed = tuple((plain(line),) for line in lines)
    paragraphs = [((title,),), listed, ((plain(turn.text("data-passing")),),)]
    return _said(turn, split(paragraphs, turn.context.messenger.capabilities.text_length), button)


def _said(turn: Turn, parts: Sequence[RichText], button: Button) -> Answer:
    """Say *parts* in as many messages, the *button* below the last one."""
    *before, last = parts
    if not before:
        return turn.say(last, keyboard=((button,),))
    messages = [*(Message(part) for part in before), Message(last, keyboard=((button,),))]
    return Answer(tuple(Outgoing(turn.address, message) for message in messages))


async def ask_erase(turn: Turn, words: str) -> Answer:
    """Ask once more before everything is deleted."""
    del words
    if not await _lines(turn):
        return turn.say(plain(turn.text("data-none")))
    return turn.say(
        plain(turn.text("erase-confirm", proofs=turn.context.keeping.proofs)),
        keyboard=(
            (Button(turn.text("button-erase-sure"), action=Erase(ErasureStep.ERASE).pack()),),
            (Button(turn.text("button-cancel"), action=Erase(ErasureStep.CANCEL).pack()),),
        ),
        asks=Question(yes=Erase(ErasureStep.ERASE).pack(), no=Erase(ErasureStep.CANCEL).pack()),
    )


async def press_erase(turn: Turn, pressed: Erase) -> Answer:
    match pressed.step:
        case ErasureStep.CANCEL:
            return turn.say(plain(turn.text("erase-cancelled")))
        case ErasureStep.ASK:
            return await ask_erase(turn, "")
    if await _lines(turn):
        key, now = turn.context.proof_key, turn.now
        await erase(turn.write_tx, turn.address.account, turn.address.chat, key=key, now=now)
    return replace(turn.say(plain(turn.text("erased"))), is_erasure=True)


async def show_privacy(turn: Turn, words: str) -> Answer:
    """Say who is responsible, what is stored and for how long, and what a person can ask for."""
    del words
    contact, keeping = turn.context.contact, turn.context.keeping
    platform = turn.context.messenger.platform
    abroad = "yes" if platform.is_abroad else "no"
    return turn.say(
        bold(turn.text("privacy-title")),
        plain(turn.text("privacy-responsible", platform=platform.name, abroad=abroad)),
        plain(consent.data(turn)),
        plain(
            turn.text(
                "privacy-kept",
                days=keeping.deliveries,
                unsubscribed=keeping.unsubscribed,
                unreachable=keeping.unreachable,
            )
        ),
        plain(turn.text("privacy-rights", proofs=keeping.proofs)),
        plain(turn.text("privacy-contact", contact=contact) if contact else ""),
    )


async def _lines(turn: Turn) -> list[str]:
    """Return a line for each thing that is stored about a person; none if nothing is."""
    appointed = await admins.appointed(turn.tx, turn.address.account)
    about = await personal.stored(turn.tx, turn.chat.id) if turn.chat else None
    menu_at = await shown_menus.shown_at(turn.tx, turn.address)
    lines = _of_chat(turn, turn.chat, about) if turn.chat and about else []
    since = next((admin.appointed_at for admin in appointed if admin.user == turn.sender.user), None)
    if menu_at:
        lines.append(turn.text("data-menu", moment=turn.moment(menu_at)))
    return [*lines, *([turn.text("data-admin", moment=turn.moment(since))] if since else [])]


def _of_chat(turn: Turn, chat: Chat, about: Personal) -> list[str]:
    agreed = turn.text("data-no-consent")
    if chat.consent_at and chat.consent_version:
        moment = turn.moment(chat.consent_at)
        agreed = turn.text("data-consent", moment=moment, version=chat.consent_version)
    return [
        turn.text("data-chat", chat=chat.address.chat),
        turn.text("data-since", moment=turn.moment(about.since)),
        turn.text("data-language"),
        turn.text("data-status", status=chat.status),
        agreed,
        *_topics(turn, about),
        *_preferred(turn, about.preferences),
        _deliveries(turn, about),
        *([turn.text("data-saved", count=about.saved)] if about.saved else []),
        *([_dormancy(turn, about.unsubscribed_since)] if about.unsubscribed_since else []),
    ]


def _dormancy(turn: Turn, since: datetime) -> str:
    days = turn.context.keeping.unsubscribed
    return turn.text("data-dormant", moment=turn.moment(since), days=days)


def _topics(turn: Turn, about: Personal) -> list[str]:
    said = [turn.text("data-topics" if about.subscriptions else "data-no-topics")]
    for topic, since in about.subscriptions:
        name, moment = one_line(topic.name(turn.language)), turn.moment(since)
        said.append(turn.text("data-topic", topic=name, moment=moment))
        choice = about.choices.get(topic.id)
        if choice and (choice.filter or choice.schedule != AT_ONCE):
            said[-1] += f"; {chosen.subscription(turn, choice, most=LONGEST_SHOWN)}"
    for topic, since in about.memberships:
        name, moment = one_line(topic.name(turn.language)), turn.moment(since)
        said.append(turn.text("data-member", topic=name, moment=moment))
    for topic, each, at in about.stopped:
        what = chosen.subscription(turn, each, most=LONGEST_SHOWN)
        name, moment = one_line(topic.name(turn.language)), turn.moment(at)
        said.append(turn.text("data-stopped", topic=name, what=what, moment=moment))
    return said


def _preferred(turn: Turn, preferences: Preferences | None) -> list[str]:
    if preferences is None:
        return []
    zone = chosen.place(turn, preferences.time_zone)
    return [chosen.quiet(turn, preferences), chosen.form(turn, preferences, zone=zone)]


def _deliveries(turn: Turn, about: Personal) -> str:
    count = about.deliveries
    sent, pending = count.get(DeliveryStatus.SENT, 0), count.get(DeliveryStatus.PENDING, 0)
    ended = sum(count.values()) - sent - pending
    return turn.text("data-deliveries", sent=sent, pending=pending, ended=ended)
