"""What could not be delivered, by article and kind, and owing it once more."""

from collections import Counter
from dataclasses import replace

from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.audit import AuditAction, Subject, SubjectKind
from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId
from bot.services.delivery.redeliver import BATCH, retry_all, retry_some
from bot.services.rendering.reasons import worded
from bot.store.articles import articles
from bot.store.outbox import outbox
from bot.store.outbox.outbox import FailureGroup
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, gone

_REASONS = 5


async def show(visit: Visit) -> PageView:
    found = await visit.console.figures.failures.get(visit.seen)
    groups, left_out = found.value if found else ((), 0)
    values = {
        "counted": found,
        "groups": [(each, _reasons(visit, each)) for each in groups],
        "left_out": left_out,
        "may_retry": visit.may(Right.PUBLISH),
    }
    return PageView("failures.html", values)


async def retry(visit: Visit) -> Redirect:
    """Owe one group of failures once more; chosen twice it does no harm: they are no failures any more."""
    status, number = visit.form.value("status"), ArticleId(visit.form.number("article"))
    if status not in set(DeliveryStatus):
        raise Refusal(400, "console-no-form")
    article = await articles.get(visit.tx, number)
    if article is None:
        raise gone()
    visit.require(Right.PUBLISH, *article.topics)
    group = number, DeliveryStatus(status)
    failed = await outbox.failure_groups(visit.tx, limit=1, only=group)
    owed = await retry_some(visit.tx, now=visit.now, group=group)
    if not owed:
        return Redirect("/failures", "nothing-to-retry")
    await visit.record(
        AuditAction.DELIVERIES_RETRIED,
        Subject(SubjectKind.ARTICLE, str(number)),
        before={"status": group[1]},
        after={"deliveries": failed[0].deliveries},
    )
    visit.console.figures.failures.forget()
    redirect = Redirect("/failures", "retried")
    if owed < BATCH:
        return redirect
    console = visit.console

    async def retry_the_rest() -> None:
        await retry_all(console.database, console.clock, group=group)

    return replace(redirect, afterwards=retry_the_rest)


def _reasons(visit: Visit, group: FailureGroup) -> list[tuple[str, int]]:
    """Return the most frequent reasons with how often each was met; what is worded alike is one reason."""
    counts = Counter[str]()
    for reason, count in group.reasons:
        counts[worded(visit.console.translator, visit.language, reason, hours=group.hours)] += count
    return counts.most_common(_REASONS)


ROUTES = (
    shows("/failures", Right.SEE, show),
    acts("/failures/retry", Right.PUBLISH, retry),
)
