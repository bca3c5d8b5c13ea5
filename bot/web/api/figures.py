"""GET /figures: what was counted on the last days, as far as it may be said, and never about a person."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.figures import Amount, Figure, days_until
from bot.services.figures.figures import FigureRow, figure_rows
from bot.store.feeds import feeds
from bot.web.api.models import FigureList, FiguresQuery, ShownAmount, ShownFigures
from bot.web.api.operation import ApiContext, ApiRequest, Operation, OperationAnswer
from bot.web.api.problems import ProblemCode
from bot.web.api.publications import wanted


async def list_figures(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    query = request.query
    assert isinstance(query, FiguresQuery), "the operation says so"
    ids = wanted(request.key, query.topic)
    days = days_until(context.clock.now(), query.days)
    async with context.database.read() as tx:
        topics = [topic for topic in await feeds.topics(tx) if ids is None or topic.id in ids]
        rows = await figure_rows(tx, days, topics)
    return OperationAnswer(FigureList(since=days[0], until=days[-1], items=tuple(map(_shown, rows))))


def _shown(row: FigureRow) -> ShownFigures:
    tally = row.tally
    return ShownFigures(
        day=row.day,
        topic=row.topic.id,
        account=row.account,
        **{figure.value: tally[figure].told for figure in Figure},
        failed_because=_parts(tally.by_reason(Figure.FAILED)),
        ended_because=_parts(tally.by_reason(Figure.ENDED)),
        half_accepted_within=_seconds(tally.waits.within(0.5)),
        most_accepted_within=_seconds(tally.waits.within(0.95)),
        all_accepted_within=_seconds(tally.waits.within(1)),
    )


def _parts(reasons: Iterable[tuple[str, Amount]]) -> dict[str, ShownAmount]:
    return {reason: amount.told for reason, amount in reasons}


def _seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else wait // timedelta(milliseconds=1) / 1000


OPERATIONS = (
    Operation(
        name="listFigures",
        method="GET",
        path="/figures",
        summary="List what was counted, by day, topic and account.",
        handle=list_figures,
        answers={200: (FigureList, "All of those days; there is none of what was not counted.")},
        scope=ApiScope.FIGURES_READ,
        query=FiguresQuery,
        problems=(ProblemCode.INVALID_REQUEST, ProblemCode.OTHER_TOPIC),
    ),
)
