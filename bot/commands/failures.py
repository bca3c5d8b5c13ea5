"""/loi: what could not be delivered, and owing it once more."""

from collections import Counter
from dataclasses import replace

from bot.commands.callbacks import ListFailures, RetryFailures
from bot.commands.turn import Answer, Later, Turn
from bot.domain.message import Button, RichText, bold, plain
from bot.domain.text import shorten
from bot.services.reasons import worded
from bot.services.retrying import BATCH, retry_all, retry_some
from bot.store import outbox
from bot.store.outbox import FailureGroup

_SHOWN = 5
_REASONS = 3
_TITLE_LENGTH = 100
_REASON_LENGTH = 180


async def show_failures(turn: Turn, words: str) -> Answer:
    del words
    return await _list(turn)


async def press_failures(turn: Turn, pressed: ListFailures) -> Answer:
    del pressed
    return await _list(turn)


async def press_retry(turn: Turn, pressed: RetryFailures) -> Answer:
    """Owe one group of failures once more, once that was confirmed.

    Tapped twice it does no harm: they are no failures any more. A large group is owed bit by bit after the
    answer, so that nobody waits for long to write.
    """
    group = pressed.article, pressed.status
    if not pressed.sure:
        return await _confirm(turn, pressed)
    owed = await retry_some(turn.write_tx, now=turn.now, group=group)
    answer = await _list(turn, toast=turn.text("failures-retried", count=owed))
    if owed < BATCH:
        return answer

    async def retry_the_rest() -> None:
        await retry_all(turn.context.database, turn.context.clock, group=group)

    async def nothing_more() -> Answer:
        return Answer()

    return replace(answer, later=Later(retry_the_rest, nothing_more))


async def _confirm(turn: Turn, pressed: RetryFailures) -> Answer:
    found = await outbox.failure_groups(turn.tx, limit=1, only=(pressed.article, pressed.status))
    if not found:
        return await _list(turn, toast=turn.text("failures-retried", count=0))
    question = turn.text(
        "failures-confirm", title=shorten(found[0].title, _TITLE_LENGTH), count=found[0].deliveries
    )
    sure = replace(pressed, sure=True)
    return turn.say(
        plain(question),
        keyboard=(
            (Button(turn.text("button-retry-sure", count=found[0].deliveries), action=sure.pack()),),
            (Button(turn.text("button-cancel"), action=ListFailures().pack()),),
        ),
    )


async def _list(turn: Turn, *, toast: str | None = None) -> Answer:
    groups = await outbox.failure_groups(turn.tx, limit=_SHOWN)
    left_out = await outbox.failed_out_of_reach(turn.tx, ended_by=turn.now)
    return turn.say(
        bold(turn.text("failures-title")),
        *(_described(turn, group, number) for number, group in enumerate(groups, 1)),
        plain("" if groups else turn.text("failures-none")),
        plain(turn.text("failures-out-of-reach", count=left_out) if left_out else ""),
        keyboard=(
            *((_retry_button(turn, group, number),) for number, group in enumerate(groups, 1)),
            (Button(turn.text("button-refresh"), action=ListFailures().pack()),),
        ),
        toast=toast,
    )


def _described(turn: Turn, group: FailureGroup, number: int) -> RichText:
    ended = turn.text(
        "failures-group",
        count=group.deliveries,
        status=group.status.value,
        moment=turn.moment(group.last_at),
    )
    lines = "\n".join((ended, *_reasons(turn, group)))
    return (bold(f"{number}. {shorten(group.title, _TITLE_LENGTH)}"), plain(f"\n{lines}"))


def _reasons(turn: Turn, group: FailureGroup) -> list[str]:
    """Return a line for each of the most frequent reasons; what is worded alike is one reason."""
    counts = Counter[str]()
    for reason, count in group.reasons:
        words = worded(turn.context.translator, turn.language, reason, hours=group.hours)
        counts[shorten(words, _REASON_LENGTH)] += count
    shown = counts.most_common(_REASONS)
    if len(shown) == 1:
        return [turn.text("failures-reason", reason=shown[0][0])]
    lines = [turn.text("failures-reason-counted", reason=reason, count=count) for reason, count in shown]
    if len(counts) > _REASONS:
        lines.append(turn.text("failures-reasons", count=len(counts) - _REASONS))
    return lines


def _retry_button(turn: Turn, group: FailureGroup, number: int) -> Button:
    label = turn.text("button-retry", number=number)
    return Button(label, action=RetryFailures(group.article, group.status).pack())
