"""What managers are asked: what becomes of held entries, and of messages about an article that is gone."""

from bot.commands.callbacks import DecideHold, Withdraw, WithdrawalWish
from bot.commands.turn import Answer, Turn
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.i18n import Translator
from bot.services.compose import paragraphs
from bot.services.withdrawal import withdraw
from bot.store import articles, holds
from bot.store.articles import StoredArticle
from bot.store.holds import Decision, Hold, HoldId

_TITLE = 100


def hold_buttons(hold: Hold, translator: Translator, language: str) -> Keyboard:
    """Return the two ways to decide about *hold*."""
    send = translator.text(language, "button-hold-send", count=hold.entries)
    keep = translator.text(language, "button-hold-keep")
    return (
        (Button(send, action=DecideHold(Decision.SEND, hold.id).pack()),),
        (Button(keep, action=DecideHold(Decision.KEEP, hold.id).pack()),),
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


async def press_hold(turn: Turn, pressed: DecideHold) -> Answer:
    """Decide about a hold; whoever comes second learns that it is decided."""
    hold = await holds.get(turn.tx, HoldId(pressed.hold))
    chosen = hold and await holds.decide(turn.write_tx, hold.id, pressed.decision, now=turn.now)
    if hold is None or not chosen:
        return turn.say(plain(turn.text("hold-decided-before")))
    done = turn.text("hold-decided", decision=pressed.decision, count=hold.entries)
    return turn.say(bold(turn.text("hold-title", name=hold.name)), plain(done))


async def press_withdraw(turn: Turn, pressed: Withdraw) -> Answer:
    """Take back the messages about an article, or leave them."""
    stored = await articles.get(turn.tx, pressed.article)
    if stored is None:
        return turn.refuse(turn.text("button-stale"))
    title = plain(shorten(stored.article.title, _TITLE))
    if pressed.wish is WithdrawalWish.KEEP:
        return turn.say(title, plain(turn.text("withdrawal-kept")))
    done = await withdraw(turn.write_tx, stored, now=turn.now)
    return turn.say(title, plain(turn.text("withdrawal-begun" if done else "withdrawal-done-before")))
