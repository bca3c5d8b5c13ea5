"""/loi: what could not be delivered, and owing it once more."""

from collections import Counter
from dataclasses import replace

from bot.commands.base.callbacks import ListFailures, RetryFailures
from bot.commands.base.command_names import Command
from bot.commands.base.context import Deferred, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.domain.chats.message import Button, RichText, bold, plain
from bot.domain.desk.audit import AuditAction, Subject, SubjectKind
from bot.domain.desk.roles import Right
from bot.domain.text.text import shorten
from bot.services.delivery.redeliver import BATCH, retry_all, retry_some
from bot.services.rendering.reasons import worded
from bot.store.articles import articles
from bot.store.outbox import outbox
from bot.store.outbox.outbox import FailureGroup

handlers = Handlers()

_SHOWN = 5
_REASONS = 3
_TITLE_LENGTH = 100
_REASON_LENGTH = 180


@handlers.command(Command.FAILURES, admins_only(Right.SEE), writes=False, takes=any_words)
async def show_failures(request: Request, words: str) -> Response:
    del words
    return await _list(request)


@handlers.button(ListFailures, admins_only(Right.SEE))
async def press_failures(request: Request, pressed: ListFailures) -> Response:
    del pressed
    return await _list(request)


@handlers.button(RetryFailures, admins_only(Right.PUBLISH), writes=lambda pressed: pressed.sure)
async def press_retry(request: Request, pressed: RetryFailures) -> Response:
    """Owe one group of failures once more, once that was confirmed.

    Tapped twice it does no harm: they are no failures any more. A large group is owed bit by bit after the
    answer, so that nobody waits for long to write.
    """
    group = pressed.article, pressed.status
    article = await articles.get(request.tx, pressed.article)
    if article and not await request.may(Right.PUBLISH, *article.all_topics):
        return request.refuse(request.text("only-other-topics"))
    if not pressed.sure:
        return await _confirm(request, pressed)
    failed = await outbox.failure_groups(request.tx, limit=1, only=group)
    owed = await retry_some(request.write_tx, now=request.now, group=group)
    if owed:
        await request.record(
            AuditAction.DELIVERIES_RETRIED,
            Subject(SubjectKind.ARTICLE, str(pressed.article)),
            before={"status": pressed.status},
            after={"deliveries": failed[0].deliveries},
        )
    answer = await _list(request, toast=request.text("failures-retried", count=owed))
    if owed < BATCH:
        return answer

    async def retry_the_rest() -> None:
        await retry_all(request.context.database, request.context.clock, group=group)

    async def nothing_more() -> Response:
        return Response()

    return replace(answer, later=Deferred(retry_the_rest, nothing_more))


async def _confirm(request: Request, pressed: RetryFailures) -> Response:
    found = await outbox.failure_groups(request.tx, limit=1, only=(pressed.article, pressed.status))
    if not found:
        return await _list(request, toast=request.text("failures-retried", count=0))
    question = request.text(
        "failures-confirm", title=shorten(found[0].title, _TITLE_LENGTH), count=found[0].deliveries
    )
    sure = replace(pressed, sure=True)
    return request.say(
        plain(question),
        keyboard=(
            (Button(request.text("button-retry-sure", count=found[0].deliveries), action=sure.pack()),),
            (Button(request.text("button-cancel"), action=ListFailures().pack()),),
        ),
    )


async def _list(request: Request, *, toast: str | None = None) -> Response:
    topics = (await request.authority()).seen
    groups = await outbox.failure_groups(request.tx, limit=_SHOWN, topics=topics)
    left_out = await outbox.failed_out_of_reach(request.tx, ended_by=request.now, topics=topics)
    may_retry = await request.may(Right.PUBLISH)
    return request.say(
        bold(request.text("failures-title")),
        *(_described(request, group, number) for number, group in enumerate(groups, 1)),
        plain("" if groups else request.text("failures-none")),
        plain(request.text("failures-out-of-reach", count=left_out) if left_out else ""),
        keyboard=(
            *(((_retry_button(request, *each),) for each in enumerate(groups, 1)) if may_retry else ()),
            (Button(request.text("button-refresh"), action=ListFailures().pack()),),
        ),
        toast=toast,
    )


def _described(request: Request, group: FailureGroup, number: int) -> RichText:
    ended = request.text(
        "failures-group",
        count=group.deliveries,
        status=group.status.value,
        moment=request.moment(group.last_at),
    )
    lines = "\n".join((ended, *_reasons(request, group)))
    return (bold(f"{number}. {shorten(group.title, _TITLE_LENGTH)}"), plain(f"\n{lines}"))


def _reasons(request: Request, group: FailureGroup) -> list[str]:
    """Return a line for each of the most frequent reasons; what is worded alike is one reason."""
    counts = Counter[str]()
    for reason, count in group.reasons:
        words = worded(request.context.translator, request.language, reason, hours=group.hours)
        counts[shorten(words, _REASON_LENGTH)] += count
    shown = counts.most_common(_REASONS)
    if len(shown) == 1:
        return [request.text("failures-reason", reason=shown[0][0])]
    lines = [request.text("failures-reason-counted", reason=reason, count=count) for reason, count in shown]
    if len(counts) > _REASONS:
        lines.append(request.text("failures-reasons", count=len(counts) - _REASONS))
    return lines


def _retry_button(request: Request, number: int, group: FailureGroup) -> Button:
    label = request.text("button-retry", number=number)
    return Button(label, action=RetryFailures(group.article, group.status).pack())
