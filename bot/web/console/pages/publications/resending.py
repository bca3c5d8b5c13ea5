"""Sending an article again: to a topic, to those to whom it failed, or to one chat that has asked for it."""

from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId
from bot.services.publishing import resending
from bot.store.chats import chats
from bot.store.publications.publications import Publication
from bot.web.console.pages.publications.seen import find_publication
from bot.web.console.routes import acts
from bot.web.console.visit import Redirect, Refusal, Visit, article_number


async def resend(visit: Visit) -> Redirect:
    article, to = article_number(visit.form.value("article")), visit.form.value("to")
    found = await find_publication(visit, article)
    path = f"/articles/{article}"
    released = resending.released_in(found)
    match to:
        case _ if not released:
            return Redirect(path, "article-changed")
        case "topic":
            notice = await _to_topic(visit, found)
        case "failed":
            notice = await _to_failed(visit, found)
        case "chat":
            notice = await _to_chat(visit, article)
        case _:
            raise Refusal(400, "console-no-form")
    visit.console.figures.fate.forget(lambda of: of[0] == article)
    return Redirect(path, notice)


async def _to_topic(visit: Visit, found: Publication) -> str:
    topic = TopicId(visit.form.value("topic"))
    visit.require(Right.PUBLISH, topic)
    is_owed = await resending.to_topics(visit.tx, found.article, [topic], visit.actor, now=visit.now)
    return "resent" if is_owed else "article-changed"


async def _to_failed(visit: Visit, found: Publication) -> str:
    visit.require(Right.PUBLISH, *found.topics)
    owed = await resending.to_failed(visit.tx, found.article, visit.actor, now=visit.now)
    return "retried" if owed else "nothing-to-retry"


async def _to_chat(visit: Visit, article: ArticleId) -> str:
    """Send it to whoever has told their id: that this says whether they subscribe is for those who help."""
    visit.require(Right.SUPPORT)
    named = visit.form.value("chat")
    found = [each for account in visit.accounts for each in await chats.called(visit.tx, account.id, named)]
    sent = [await resending.to_chat(visit.tx, article, each.id, visit.actor, now=visit.now) for each in found]
    return "resent" if any(sent) else "resend-no-chat"


ROUTES = (acts("/articles/resend", Right.PUBLISH, resend),)
