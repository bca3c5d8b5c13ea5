"""GET and DELETE /publications: what went out, what became of it, and taking it back."""

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiKey, ApiScope
from bot.domain.news.article import ArticleId
from bot.domain.publication.confirmation import in_force
from bot.domain.publication.publication import PublicationState, Step, together
from bot.services.publishing.publications import take_step
from bot.store.api import submissions
from bot.store.engine.database import Transaction
from bot.store.publications import publications
from bot.store.publications.publications import Fate, Publication
from bot.web.api.models import (
    PublicationDetails,
    PublicationPage,
    PublicationsQuery,
    ShownFate,
    ShownPublication,
)
from bot.web.api.operation import ApiContext, ApiRequest, Operation, OperationAnswer
from bot.web.api.problems import ProblemCode, ProblemError

PATH = "/publications"


async def list_publications(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    """Return a page of what came in last; one more is read than is shown, which says whether more follow."""
    query = request.query
    assert isinstance(query, PublicationsQuery), "the operation says so"
    async with context.database.read() as tx:
        found = await publications.page(
            tx,
            topics=wanted(request.key, query.topic),
            before=ArticleId(int(query.cursor)) if query.cursor else None,
            limit=query.limit + 1,
        )
    items = found[: query.limit]
    following = str(items[-1].article) if len(found) > query.limit else None
    return OperationAnswer(
        PublicationPage(items=tuple(shown(each, request.key) for each in items), next_cursor=following)
    )


async def get_publication(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    article = ArticleId(request.id)
    async with context.database.read() as tx:
        found = await visible(tx, article, request.key)
        fates = await publications.fates(tx, [article], within=request.key.topics)
    return OperationAnswer(_detailed(found, fates[article], request.key))


async def recall_publication(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    """Recall an article, and answer when that is in force everywhere; one that was recalled stays so."""
    article = ArticleId(request.id)
    async with context.database.write() as tx:
        # Locked first: who recalls the same at the same time waits, and finds it recalled.
        await publications.state_to_change(tx, article)
        found = await visible(tx, article, request.key)
        if not await _may_recall(tx, request.key, found):
            raise ProblemError(ProblemCode.OTHER_TOPIC)
        is_recalled = found.state is PublicationState.RECALLED
        now = context.clock.now()
        if not is_recalled and await take_step(tx, article, Step.RECALL, request.actor, now=now) is None:
            raise ProblemError(ProblemCode.NOT_RECALLABLE)
        found = await visible(tx, article, request.key)
    if not is_recalled:
        context.owed()
        await in_force(context.clock)
    return OperationAnswer(shown(found, request.key))


async def _may_recall(tx: Transaction, key: ApiKey, found: Publication) -> bool:
    """Return whether *key* is for every topic of a publication, or has brought it, wherever it is by now."""
    return key.covers(found.topics) or await submissions.has_brought(tx, key.id, found.article)


async def visible(tx: Transaction, article: ArticleId, key: ApiKey) -> Publication:
    """Return the publications of *article*; raises ProblemError if *key* is for none of its topics."""
    found = await publications.get(tx, article)
    if found is None or not _states(found, key):
        raise ProblemError(ProblemCode.NOT_FOUND)
    return found


def shown(publication: Publication, key: ApiKey) -> ShownPublication:
    """Return how a publication is shown to whoever has *key*."""
    states = _states(publication, key)
    return ShownPublication(
        id=publication.article,
        url=publication.page,
        title=publication.title,
        state=together(states.values()),
        states=states,
        created_at=publication.created_at,
        changed_at=publication.changed_at,
    )


def wanted(key: ApiKey, topic: str | None) -> frozenset[TopicId] | None:
    """Return the topics that are asked for, or None for all; raises ProblemError for another key's topic."""
    if topic is None:
        return key.topics
    if not key.covers([TopicId(topic)]):
        raise ProblemError(ProblemCode.OTHER_TOPIC)
    return frozenset({TopicId(topic)})


def _detailed(publication: Publication, fate: Fate, key: ApiKey) -> PublicationDetails:
    deliveries = ShownFate(
        sent=fate.sent.told,
        waiting=fate.pending.told,
        not_sent=fate.ended.told,
        is_growing=fate.is_fanning_out,
    )
    return PublicationDetails(**dict(shown(publication, key)), deliveries=deliveries)


def _states(publication: Publication, key: ApiKey) -> dict[str, PublicationState]:
    """Return the states of a publication in those of its topics that *key* is for."""
    return {topic: state for topic, state in publication.states.items() if key.covers([topic])}


OPERATIONS = (
    Operation(
        name="listPublications",
        method="GET",
        path=PATH,
        summary="List publications, the newest first.",
        handle=list_publications,
        answers={200: (PublicationPage, "A page of them.")},
        scope=ApiScope.PUBLICATIONS_READ,
        query=PublicationsQuery,
        problems=(ProblemCode.INVALID_REQUEST, ProblemCode.OTHER_TOPIC),
    ),
    Operation(
        name="getPublication",
        method="GET",
        path=f"{PATH}/{{id}}",
        summary="Show a publication, and what has become of its messages.",
        handle=get_publication,
        answers={200: (PublicationDetails, "As it stands now.")},
        scope=ApiScope.PUBLICATIONS_READ,
        problems=(ProblemCode.INVALID_REQUEST, ProblemCode.NOT_FOUND),
    ),
    Operation(
        name="recallPublication",
        method="DELETE",
        path=f"{PATH}/{{id}}",
        summary="Recall a publication for good: its messages are deleted, or say so, where that can be done.",
        handle=recall_publication,
        answers={200: (ShownPublication, "It is recalled; nothing more of it goes out.")},
        scope=ApiScope.PUBLICATIONS_RECALL,
        problems=(
            ProblemCode.INVALID_REQUEST,
            ProblemCode.OTHER_TOPIC,
            ProblemCode.NOT_FOUND,
            ProblemCode.NOT_RECALLABLE,
        ),
    ),
)
