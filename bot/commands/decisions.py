"""What managers are asked: what becomes of held entries, and of messages about an article that is gone."""

from bot.commands.callbacks import DecideHold, ListFeeds, ListHeld, Withdraw, WithdrawalWish
from bot.commands.menus import paging
from bot.commands.turn import Answer, Turn
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.i18n import Translator
from bot.services.compose import paragraphs
from bot.services.follow_ups import follow_held, follow_withdrawal
from bot.services.withdrawal import withdraw
from bot.store import articles, endings, feeds, holds, revisits
from bot.store.articles import StoredArticle
from bot.store.holds import Decision, Hold, HoldId

_TITLE = 100
_SHOWN = 15
_SOME = (3, 10)
"""How many of the newest entries may be sent instead of all."""


def hold_buttons(hold: Hold, translator: Translator, language: str) -> Keyboard:
    """Return the ways to decide about *hold*, each in a row of its own."""

    def text(key: str, count: int) -> str:
        return translator.text(language, key, count=count)

    some = [
        Button(text("button-hold-send-newest", each), action=DecideHold(Decision.SEND, hold.id, each).pack())
        for each in _SOME
        if each < hold.entries
    ]
    return tuple(
        (button,)
        for button in (
            Button(text("button-hold-send", hold.entries), action=DecideHold(Decision.SEND, hold.id).pack()),
            *some,
            Button(text("button-hold-titles", hold.entries), action=ListHeld(hold.id).pack()),
            Button(
                translator.text(language, "button-hold-keep"),
                action=DecideHold(Decision.KEEP, hold.id).pack(),
            ),
        )
    )


def hold_question(hold: Hold, language: str, *, translator: Translator) -> Message:
    """Ask what becomes of the entries of a feed that seems to have been rebuilt."""
    titles = "\n".join(f"• {shorten(title, _TITLE)}" for title in hold.titles)
    return Message(
        paragraphs(
            bold(translator.text(language, "hold-title", name=hold.name)),
            plain(translator.text(language, "hold-question", count=hold.entries)),
            plain(titles),
        ),
        keyboard=hold_buttons(hold, translator, language),
    )


def withdrawal_question(
    article: StoredArticle, receipts: int, language: str, *, translator: Translator
) -> Message:
    """Ask whether the messages about an article that the agency took down should go as well."""
    withdraw_all = translator.text(language, "button-withdraw", count=receipts)
    keep = translator.text(language, "button-withdraw-keep")
    return Message(
        paragraphs(
            bold(translator.text(language, "withdrawal-title")),
            plain(f"{shorten(article.article.title, _TITLE)}\n{article.article.url}"),
            plain(translator.text(language, "withdrawal-question", count=receipts)),
        ),
        keyboard=(
            (Button(withdraw_all, action=Withdraw(article.id).pack()),),
            (Button(keep, action=Withdraw(article.id, WithdrawalWish.KEEP).pack()),),
        ),
    )


def is_decision(pressed: DecideHold) -> bool:
    """Return whether the button decides, and does not just ask to be confirmed."""
    return pressed.sure or pressed.decision is Decision.KEEP


async def press_hold(turn: Turn, pressed: DecideHold) -> Answer:
    """Decide about a hold, to send once that was confirmed; who comes second learns that it is decided."""
    hold = await holds.get(turn.tx, HoldId(pressed.hold))
    if hold is None or hold.decision is not None:
        return turn.say(plain(turn.text("hold-decided-before")))
    if not is_decision(pressed):
        return await _confirm_sending(turn, hold, pressed.newest)
    if not await holds.decide(turn.write_tx, hold.id, pressed.decision, newest=pressed.newest, now=turn.now):
        return turn.say(plain(turn.text("hold-decided-before")))
    count = hold.entries
    if pressed.decision is Decision.SEND:
        chat = await turn.registered()
        await follow_held(turn.write_tx, chat.id, hold.feed, now=turn.now)
        count = min(pressed.newest or count, count)
    done = turn.text("hold-decided", decision=pressed.decision, count=count)
    return turn.say(bold(turn.text("hold-title", name=hold.name)), plain(done))


async def press_held(turn: Turn, pressed: ListHeld) -> Answer:
    """Show the titles of what is held, page by page, with the ways to decide."""
    hold = await holds.get(turn.tx, HoldId(pressed.hold))
    if hold is None or hold.decision is not None:
        return turn.say(plain(turn.text("hold-decided-before")))
    pages = max(1, -(-hold.entries // _SHOWN))
    page = min(pressed.page, pages - 1)
    titles = await holds.titles(turn.tx, hold.id, offset=page * _SHOWN, limit=_SHOWN)
    lines = (f"{number}. {shorten(each, _TITLE)}" for number, each in enumerate(titles, page * _SHOWN + 1))
    return turn.say(
        bold(turn.text("hold-title", name=hold.name)),
        plain(turn.text("hold-question", count=hold.entries)),
        plain("\n".join(lines)),
        keyboard=(
            *paging(lambda to: ListHeld(hold.id, to), page=page, pages=pages),
            *hold_buttons(hold, turn.context.translator, turn.language),
            (Button(turn.text("button-back"), action=ListFeeds().pack()),),
        ),
    )


async def _confirm_sending(turn: Turn, hold: Hold, newest: int) -> Answer:
    feed = (await feeds.defined(turn.tx, [hold.feed]))[hold.feed]
    chats = await endings.recipients(turn.tx, feed.topic)
    count = min(newest or hold.entries, hold.entries)
    question = turn.text("hold-confirm", name=hold.name, count=count, chats=chats)
    sure = DecideHold(Decision.SEND, hold.id, newest, sure=True)
    return turn.say(
        plain(question),
        keyboard=(
            (Button(turn.text("button-hold-send-sure", count=count), action=sure.pack()),),
            (Button(turn.text("button-back"), action=ListHeld(hold.id).pack()),),
        ),
    )


async def press_withdraw(turn: Turn, pressed: Withdraw) -> Answer:
    """Take back the messages about an article, once that was confirmed, or leave them."""
    stored = await articles.get(turn.tx, pressed.article)
    if stored is None:
        return turn.refuse(turn.text("button-stale"))
    title = plain(shorten(stored.article.title, _TITLE))
    if stored.withdrawn:
        return turn.say(title, plain(turn.text("withdrawal-done-before")))
    match pressed.wish:
        case WithdrawalWish.KEEP:
            return turn.say(title, plain(turn.text("withdrawal-kept")))
        case WithdrawalWish.ASK:
            return await _confirm_withdrawal(turn, stored)
    if not await withdraw(turn.write_tx, stored, now=turn.now):
        return turn.say(title, plain(turn.text("withdrawal-done-before")))
    chat = await turn.registered()
    await follow_withdrawal(turn.write_tx, chat.id, stored.id, now=turn.now)
    return turn.say(title, plain(turn.text("withdrawal-begun")))


async def _confirm_withdrawal(turn: Turn, stored: StoredArticle) -> Answer:
    receipts = await revisits.receipts(turn.tx, stored.id)
    title = shorten(stored.article.title, _TITLE)
    sure = Withdraw(stored.id, WithdrawalWish.WITHDRAW)
    keep = Withdraw(stored.id, WithdrawalWish.KEEP)
    return turn.say(
        plain(turn.text("withdrawal-confirm", title=title, count=receipts)),
        keyboard=(
            (Button(turn.text("button-withdraw-sure", count=receipts), action=sure.pack()),),
            (Button(turn.text("button-withdraw-keep"), action=keep.pack()),),
        ),
    )
