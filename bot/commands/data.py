"""/dulieu, /xoadulieu and /quyenriengtu: what is stored about a person, and deleting it at once."""

from bot.commands.actions import Action, Verb, action
from bot.commands.turn import Answer, Turn
from bot.domain.chat import Chat
from bot.domain.clock import VIETNAM
from bot.domain.message import Button, bold, plain
from bot.services.subscriptions import choice
from bot.store import admins, erasure


async def show_data(turn: Turn, words: str) -> Answer:
    """Show all that is stored about a person."""
    del words
    if not turn.is_private:
        return turn.refuse(turn.text("private-only"))
    title = bold(turn.text("data-title"))
    if turn.chat is None:
        return turn.say(title, plain(turn.text("data-none")))
    lines = await _stored(turn, turn.chat)
    erase = Button(turn.text("button-erase"), action=action(Verb.ERASE, "?"))
    return turn.say(title, plain("\n".join(lines)), keyboard=((erase,),))


async def ask_erase(turn: Turn, words: str) -> Answer:
    """Ask once more before everything is deleted."""
    del words
    if not turn.is_private:
        return turn.refuse(turn.text("private-only"))
    if turn.chat is None:
        return turn.say(plain(turn.text("data-none")))
    return turn.say(
        plain(turn.text("erase-confirm")),
        keyboard=(
            (Button(turn.text("button-erase-sure"), action=action(Verb.ERASE, "!")),),
            (Button(turn.text("button-cancel"), action=action(Verb.ERASE, "-")),),
        ),
    )


async def press_erase(turn: Turn, pressed: Action) -> Answer:
    if not turn.is_private:
        return turn.refuse(turn.text("button-stale"))
    if pressed.rest == "-":
        return turn.say(plain(turn.text("erase-cancelled")))
    if pressed.rest != "!":
        return await ask_erase(turn, "")
    if turn.chat:
        async with turn.context.database.write() as tx:
            await erasure.forget(tx, turn.chat.id)
            await admins.dismiss(tx, turn.context.messenger.account, turn.sender.user)
    return turn.say(plain(turn.text("erased")))


async def show_privacy(turn: Turn, words: str) -> Answer:
    """Say who is responsible, what is stored and for what, and what a person can ask for."""
    del words
    contact = turn.context.contact
    return turn.say(
        bold(turn.text("privacy-title")),
        plain(turn.text("privacy-responsible")),
        plain(turn.text("consent-data")),
        plain(turn.text("privacy-rights")),
        plain(turn.text("privacy-contact", contact=contact) if contact else ""),
    )


async def _stored(turn: Turn, chat: Chat) -> list[str]:
    chosen = await choice(turn.context.database, chat)
    async with turn.context.database.read() as tx:
        deliveries = await erasure.deliveries(tx, chat.id)
        is_admin = await admins.is_admin(tx, turn.context.messenger.account, turn.sender.user)
    consent = turn.text("data-no-consent")
    if chat.consent_at and chat.consent_version:
        moment = f"{chat.consent_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        consent = turn.text("data-consent", moment=moment, version=chat.consent_version)
    topics = turn.text("data-topics", topics=chosen.names(turn.language))
    return [
        turn.text("data-chat", chat=chat.address.chat),
        turn.text("data-language", language=turn.text("language-name")),
        turn.text("data-status", status=chat.status),
        topics if chosen.chosen else turn.text("data-no-topics"),
        consent,
        turn.text("data-deliveries", count=deliveries),
        *([turn.text("data-admin")] if is_admin else []),
    ]
