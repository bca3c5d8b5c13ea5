"""GET /topics: where a key can publish, and what it can read of."""

from bot.store.feeds import feeds
from bot.web.api.models import ShownTopic, TopicList
from bot.web.api.operation import ApiContext, ApiRequest, Operation, OperationAnswer
from bot.web.api.problems import ProblemCode


async def list_topics(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    async with context.database.read() as tx:
        topics = [topic for topic in await feeds.topics(tx) if request.key.covers([topic.id])]
    return OperationAnswer(
        TopicList(
            items=tuple(
                ShownTopic(id=topic.id, names=dict(topic.names), members_only=topic.members_only)
                for topic in topics
            )
        )
    )


OPERATIONS = (
    Operation(
        name="listTopics",
        method="GET",
        path="/topics",
        summary="List the topics that the key is for.",
        handle=list_topics,
        answers={200: (TopicList, "All of them.")},
        problems=(ProblemCode.INVALID_REQUEST,),
    ),
)
