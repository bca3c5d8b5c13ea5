"""/loi: what could not be delivered, and owing it once more."""

from bot.commands.actions import Action, Verb, action
from bot.commands.basics import hint
from bot.commands.turn import Answer, Turn
from bot.domain.article import ArticleId
from bot.domain.clock import short_moment
from bot.domain.delivery import DeliveryStatus
from bot.domain.message import Button, RichText, bold, plain
from bot.domain.text import shorten
from bot.services.retrying import retry_all
from bot.store import outbox
from bot.store.outbox import FailureGroup

_SHOWN = 5
_TITLE_LENGTH = 150
_REASON_LENGTH = 200
_LABEL_LENGTH = 40


async def show_failures(turn: Turn, words: str) -> Answer:
    del words
    if not turn.is_private:
        return turn.refuse(turn.text("private-only")) if await turn.may_manage() else Answer()
    return await _list(turn) if await turn.may_manage() else hint(turn)


async def press_failures(turn: Turn, pressed: Action) -> Answer:
    del pressed
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    return await _list(turn)


async def press_retry(turn: Turn, pressed: Action) -> Answer:
    """Owe one group of failures once more. Tapped twice it does no harm: they are no failures any more."""
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    article, status = pressed.arguments(2)
    if not article.isdecimal() or status not in set(DeliveryStatus):
        return turn.refuse(turn.text("button-stale"))
    group = ArticleId(int(article)), DeliveryStatus(status)
    owed = await retry_all(turn.context.database, turn.context.clock, group=group)
    return await _list(turn, toast=turn.text("failures-retried", count=owed))


async def _list(turn: Turn, *, toast: str | None = None) -> Answer:
    async with turn.context.database.read() as tx:
        groups = await outbox.failure_groups(tx, limit=_SHOWN)
    return turn.say(
        bold(turn.text("failures-title")),
        *(_described(turn, group) for group in groups),
        plain("" if groups else turn.text("failures-none")),
        keyboard=(
            *((_retry_button(turn, group),) for group in groups),
            (Button(turn.text("button-refresh"), action=action(Verb.FAILURES)),),
        ),
        toast=toast,
    )


def _described(turn: Turn, group: FailureGroup) -> RichText:
    ended = turn.text(
        "failures-group",
        count=group.deliveries,
        status=group.status.value,
        moment=short_moment(group.last_at),
    )
    lines = [ended, turn.text("failures-reason", reason=shorten(group.reason, _REASON_LENGTH))]
    if group.reasons > 1:
        lines.append(turn.text("failures-reasons", count=group.reasons - 1))
    return (bold(shorten(group.title, _TITLE_LENGTH)), plain("\n" + "\n".join(lines)))


def _retry_button(turn: Turn, group: FailureGroup) -> Button:
    label = turn.text("button-retry", title=shorten(group.title, _LABEL_LENGTH))
    return Button(label, action=action(Verb.RETRY, group.article, group.status.value))
