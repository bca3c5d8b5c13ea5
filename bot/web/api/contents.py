"""POST /contents: a program publishes an article."""

import hashlib

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope, fingerprint
from bot.domain.news.article import Attachment, DatePrecision, Published
from bot.domain.publication.content import Content
from bot.domain.publication.submission import Submission, SubmissionOutcome
from bot.domain.text.text import one_line
from bot.services.publishing.submissions import (
    AnotherBodyError,
    KeyRevokedError,
    NewSubmission,
    OthersArticleError,
    UnknownTopicError,
)
from bot.web.api.models import PostedContent, ShownPublication
from bot.web.api.operation import ApiContext, ApiRequest, Operation, OperationAnswer, RequiredHeader
from bot.web.api.problems import FaultCode, FieldFault, ProblemCode, ProblemError
from bot.web.api.publications import PATH as PUBLICATIONS
from bot.web.api.publications import shown, visible

_STATUSES = {
    SubmissionOutcome.PUBLISHED: 201,
    SubmissionOutcome.AWAITS: 202,
    SubmissionOutcome.KNOWN: 200,
}


async def post_content(context: ApiContext, request: ApiRequest) -> OperationAnswer:
    """Publish what was posted. A request that is repeated is answered as it was at first."""
    posted = request.body
    assert isinstance(posted, PostedContent), "the operation says so"
    topics = tuple(map(TopicId, posted.topics))
    if not request.key.covers(topics):
        raise ProblemError(ProblemCode.OTHER_TOPIC)
    submission = await _submitted(context, _submission(request, posted, topics))
    async with context.database.read() as tx:
        found = await visible(tx, submission.article, request.key)
    headers = {"Location": f"{PUBLICATIONS}/{submission.article}"}
    return OperationAnswer(shown(found, request.key), _STATUSES[submission.outcome], headers)


async def _submitted(context: ApiContext, new: NewSubmission) -> Submission:
    try:
        return await context.submit(new)
    except AnotherBodyError:
        raise ProblemError(ProblemCode.IDEMPOTENCY_KEY_REUSED) from None
    except KeyRevokedError:
        raise ProblemError(ProblemCode.NOT_AUTHENTICATED) from None
    except OthersArticleError:
        raise ProblemError(ProblemCode.OTHER_TOPIC) from None
    except UnknownTopicError as error:
        place = new.topics.index(error.topic)
        fault = FieldFault(f"/topics/{place}", FaultCode.NO_TOPIC)
        raise ProblemError(ProblemCode.INVALID_CONTENT, fault) from None


def _submission(request: ApiRequest, posted: PostedContent, topics: tuple[TopicId, ...]) -> NewSubmission:
    published = posted.published_at
    idempotency_key = fingerprint(request.header)
    content = Content(
        key=f"api {request.key.id} {idempotency_key}",
        title=posted.title,
        text=tuple(filter(None, map(one_line, posted.text))),
        url=posted.url,
        attachments=tuple(Attachment(each.url, each.name) for each in posted.attachments),
        urgent=posted.urgent,
        summary=one_line(posted.summary),
        published=Published(published, DatePrecision.MINUTE) if published else None,
    )
    body_hash = hashlib.sha256(posted.model_dump_json().encode()).hexdigest()
    return NewSubmission(request.key, idempotency_key, body_hash, content, topics, posted.photo_url)


OPERATIONS = (
    Operation(
        name="postContent",
        method="POST",
        path="/contents",
        summary="Publish an article. Repeat the request with the same Idempotency-Key until it is answered.",
        handle=post_content,
        answers={
            201: (ShownPublication, "It is published, and goes out now."),
            202: (ShownPublication, "It was taken, and waits in a topic at least; `states` says for what."),
            200: (ShownPublication, "Its page was there before; it goes out in topics that are new to it."),
        },
        scope=ApiScope.CONTENTS_WRITE,
        body=PostedContent,
        header=RequiredHeader(
            name="Idempotency-Key",
            pattern="^[!-~]{1,255}$",
            description="What you call this request, for example a UUID. It is remembered for 30 days.",
            lacking=ProblemCode.IDEMPOTENCY_KEY_NEEDED,
        ),
        problems=(
            ProblemCode.MALFORMED_JSON,
            ProblemCode.INVALID_REQUEST,
            ProblemCode.IDEMPOTENCY_KEY_NEEDED,
            ProblemCode.OTHER_TOPIC,
            ProblemCode.TOO_SLOW,
            ProblemCode.TOO_LARGE,
            ProblemCode.NOT_JSON,
            ProblemCode.INVALID_CONTENT,
            ProblemCode.IDEMPOTENCY_KEY_REUSED,
        ),
    ),
)
