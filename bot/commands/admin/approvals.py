"""What managers are asked: what becomes of held entries, and of messages about an article that is gone."""

from bot.commands.base.callbacks import DecideHold, ListFeeds, ListHeld, Withdraw, WithdrawalAction
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import paging
from bot.domain.chats.message import Button, Keyboard, Message, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.publication.publication import Step
from bot.domain.text.text import shorten
from bot.i18n import Translator
from bot.services.administration.feed_acts import HoldDecision, decide
from bot.services.operations.follow_ups import follow_held, follow_withdrawal
from bot.services.publishing.publications import take_step
from bot.services.rendering.card import paragraphs
from bot.store.articles import articles, revisits
from bot.store.articles.articles import StoredArticle
from bot.store.feeds import feeds, quarantine
from bot.store.feeds.quarantine import Decision, HoldId, Quarantine
from bot.store.runtime import endings

handlers = Handlers()

_TITLE = 100
_SHOWN = 15
_SOME = (3, 10)
"""How many of the newest entries may be sent instead of all."""


def hold_buttons(hold: Quarantine, translator: Translator, language: str) -> Keyboard:
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


def hold_question(hold: Quarantine, language: str, *, translator: Translator) -> Message:
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
            (Button(keep, action=Withdraw(article.id, WithdrawalAction.KEEP).pack()),),
        ),
    )


def is_decision(pressed: DecideHold) -> bool:
    """Return whether the button decides, and does not just ask to be confirmed."""
    return pressed.sure or pressed.decision is Decision.KEEP


@handlers.button(DecideHold, admins_only(Right.PUBLISH), writes=is_decision)
async def press_hold(request: Request, pressed: DecideHold) -> Response:
    """Decide about a hold, to send once that was confirmed; who comes second learns that it is decided."""
    hold = await quarantine.get(request.tx, HoldId(pressed.hold))
    if hold is None or hold.decision is not None:
        return request.say(plain(request.text("hold-decided-before")))
    feed = (await feeds.defined(request.tx, [hold.feed]))[hold.feed]
    if not await request.may(Right.PUBLISH, feed.topic):
        return request.refuse(request.text("only-other-topics"))
    if not is_decision(pressed):
        return await _confirm_sending(request, hold, pressed.newest)
    wanted = HoldDecision(pressed.decision, pressed.newest)
    if not await decide(request.write_tx, hold, wanted, request.actor, now=request.now):
        return request.say(plain(request.text("hold-decided-before")))
    count = hold.entries
    if pressed.decision is Decision.SEND:
        chat = await request.registered()
        await follow_held(request.write_tx, chat.id, hold.feed, now=request.now)
        count = wanted.sent_of(count)
    done = request.text("hold-decided", decision=pressed.decision, count=count)
    return request.say(bold(request.text("hold-title", name=hold.name)), plain(done))


@handlers.button(ListHeld, admins_only(Right.SEE))
async def press_held(request: Request, pressed: ListHeld) -> Response:
    """Show the titles of what is held, page by page, with the ways to decide."""
    hold = await quarantine.get(request.tx, HoldId(pressed.hold))
    if hold is None or hold.decision is not None:
        return request.say(plain(request.text("hold-decided-before")))
    feed = (await feeds.defined(request.tx, [hold.feed]))[hold.feed]
    if not await request.may(Right.SEE, feed.topic):
        return request.refuse(request.text("only-other-topics"))
    pages = max(1, -(-hold.entries // _SHOWN))
    page = min(pressed.page, pages - 1)
    titles = await quarantine.titles(request.tx, hold.id, offset=page * _SHOWN, limit=_SHOWN)
    may_decide = await request.may(Right.PUBLISH)
    lines = (f"{number}. {shorten(each, _TITLE)}" for number, each in enumerate(titles, page * _SHOWN + 1))
    return request.say(
        bold(request.text("hold-title", name=hold.name)),
        plain(request.text("hold-question", count=hold.entries)),
        plain("\n".join(lines)),
        keyboard=(
            *paging(lambda to: ListHeld(hold.id, to), page=page, pages=pages),
            *(hold_buttons(hold, request.context.translator, request.language) if may_decide else ()),
            (Button(request.text("button-back"), action=ListFeeds().pack()),),
        ),
    )


async def _confirm_sending(request: Request, hold: Quarantine, newest: int) -> Response:
    feed = (await feeds.defined(request.tx, [hold.feed]))[hold.feed]
    chats = await endings.recipients(request.tx, feed.topic)
    count = min(newest or hold.entries, hold.entries)
    question = request.text("hold-confirm", name=hold.name, count=count, chats=chats)
    sure = DecideHold(Decision.SEND, hold.id, newest, sure=True)
    return request.say(
        plain(question),
        keyboard=(
            (Button(request.text("button-hold-send-sure", count=count), action=sure.pack()),),
            (Button(request.text("button-back"), action=ListHeld(hold.id).pack()),),
        ),
    )


def _withdraws(pressed: Withdraw) -> bool:
    return pressed.wish is WithdrawalAction.WITHDRAW


@handlers.button(Withdraw, admins_only(Right.PUBLISH), writes=_withdraws)
async def press_withdraw(request: Request, pressed: Withdraw) -> Response:
    """Take back the messages about an article, once that was confirmed, or leave them."""
    stored = await articles.get(request.tx, pressed.article)
    if stored is None:
        return request.refuse(request.text("button-stale"))
    if not await request.may(Right.PUBLISH, *stored.all_topics):
        return request.refuse(request.text("only-other-topics"))
    title = plain(shorten(stored.article.title, _TITLE))
    if stored.withdrawn:
        return request.say(title, plain(request.text("withdrawal-done-before")))
    match pressed.wish:
        case WithdrawalAction.KEEP:
            return request.say(title, plain(request.text("withdrawal-kept")))
        case WithdrawalAction.ASK:
            return await _confirm_withdrawal(request, stored)
        case WithdrawalAction.WITHDRAW:
            return await _withdraw(request, stored)


async def _withdraw(request: Request, stored: StoredArticle) -> Response:
    title = plain(shorten(stored.article.title, _TITLE))
    taken = await take_step(request.write_tx, stored.id, Step.RECALL, request.actor, now=request.now)
    if taken is None:
        return request.say(title, plain(request.text("withdrawal-done-before")))
    chat = await request.registered()
    await follow_withdrawal(request.write_tx, chat.id, stored.id, now=request.now)
    return request.say(title, plain(request.text("withdrawal-begun")))


async def _confirm_withdrawal(request: Request, stored: StoredArticle) -> Response:
    receipts = await revisits.receipts(request.tx, stored.id)
    title = shorten(stored.article.title, _TITLE)
    sure = Withdraw(stored.id, WithdrawalAction.WITHDRAW)
    keep = Withdraw(stored.id, WithdrawalAction.KEEP)
    return request.say(
        plain(request.text("withdrawal-confirm", title=title, count=receipts)),
        keyboard=(
            (Button(request.text("button-withdraw-sure", count=receipts), action=sure.pack()),),
            (Button(request.text("button-withdraw-keep"), action=keep.pack()),),
        ),
    )
