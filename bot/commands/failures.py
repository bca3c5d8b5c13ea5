"""/loi: what could not be delivered, and owing it once more."""

from dataclasses import replace

from bot.commands.callbacks import ListFailures, RetryFailures
from bot.commands.turn import Answer, Later, Turn
from bot.domain.message import Button, RichText, bold, plain
from bot.domain.text import shorten
from bot.services.retrying import BATCH, retry_all, retry_some
from bot.store import outbox
from bot.store.outbox import FailureGroup

_SHOWN = 5
_TITLE_LENGTH = 150
_REASON_LENGTH = 200
_LABEL_LENGTH = 40


async def show_failures(turn: Turn, words: str) -> Answer:
    del words
    return await _list(turn)


async def press_failures(turn: Turn, pressed: ListFailures) -> Answer:
    del pressed
    return await _list(turn)


async def press_retry(turn: Turn, pressed: RetryFailures) -> Answer:
    """Owe one group of failures once more. Tapped twice it does no harm: they are no failures any more.

    A large group is owed bit by bit after the answer, so that nobody waits for long to write.
    """
    group = pressed.article, pressed.status
    owed = await retry_some(turn.write_tx, now=turn.now, group=group)
    answer = await _list(turn, toast=turn.text("failures-retried", count=owed))
    if owed < BATCH:
        return answer

    async def retry_the_rest() -> None:
        await retry_all(turn.context.database, turn.context.clock, group=group)

    async def nothing_more() -> Answer:
        return Answer()

    return replace(answer, later=Later(retry_the_rest, nothing_more))


async def _list(turn: Turn, *, toast: str | None = None) -> Answer:
    groups = await outbox.failure_groups(turn.tx, limit=_SHOWN)
    return turn.say(
        bold(turn.text("failures-title")),
        *(_described(turn, group) for group in groups),
        plain("" if groups else turn.text("failures-none")),
        keyboard=(
            *((_retry_button(turn, group),) for group in groups),
            (Button(turn.text("button-refresh"), action=ListFailures().pack()),),
        ),
        toast=toast,
    )


def _described(turn: Turn, group: FailureGroup) -> RichText:
    ended = turn.text(
        "failures-group",
        count=group.deliveries,
        status=group.status.value,
        moment=turn.moment(group.last_at),
    )
    lines = [ended, turn.text("failures-reason", reason=shorten(group.reason, _REASON_LENGTH))]
    if group.reasons > 1:
        lines.append(turn.text("failures-reasons", count=group.reasons - 1))
    return (bold(shorten(group.title, _TITLE_LENGTH)), plain("\n" + "\n".join(lines)))


def _retry_button(turn: Turn, group: FailureGroup) -> Button:
    label = turn.text("button-retry", title=shorten(group.title, _LABEL_LENGTH))
    return Button(label, action=RetryFailures(group.article, group.status).pack())
