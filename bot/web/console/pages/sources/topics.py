"""Topics that the console defines: made, renamed, merged into others, ended with a farewell."""

from typing import Any

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import Unanswered
from bot.domain.desk.figures import FEW
from bot.domain.desk.roles import Right
from bot.domain.news.feed import Topic
from bot.domain.news.naming import topic_id_of
from bot.domain.news.origin import Origin
from bot.domain.text.text import shorten
from bot.services.administration import source_definitions, topic_life
from bot.services.administration.topic_life import Notices
from bot.store.feeds import added_topics, feeds
from bot.store.publications import approval_rules
from bot.web.console.feed_states import feed_state
from bot.web.console.pages.sources.feed_form import FormProblem
from bot.web.console.pages.sources.feeds import path_of as path_of_feed
from bot.web.console.pages.sources.feeds import path_of_topic
from bot.web.console.pages.sources.topic_form import APPROVALS, TopicFields
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, gone

NEW = "/new-topic"
LONGEST_FAREWELL = 1_000
_OFFERED = {"approvals": APPROVALS, "unanswered": tuple(Unanswered)}


async def show_new(visit: Visit) -> PageView:
    _require_every_topic(visit)
    return _new_page(visit, TopicFields())


async def add(visit: Visit) -> PageView | Redirect:
    """Define a topic; its id is made of its name, and no other topic has ever had it."""
    _require_every_topic(visit)
    fields = TopicFields.read(visit.form)
    if problem := fields.problem(await feeds.topics(visit.tx)):
        return _new_page(visit, fields, problem)
    name = topic_id_of(fields.vi, await added_topics.taken_ids(visit.tx))
    topic = fields.topic(TopicId(name))
    await source_definitions.add_topic(visit.tx, topic, visit.actor, now=visit.now)
    return Redirect(path_of_topic(topic.id), "topic-added")


async def show_one(visit: Visit) -> PageView:
    return await _one_page(visit, await _find(visit, visit.arguments["topic"]))


async def change(visit: Visit) -> PageView | Redirect:
    """Keep the topic as the form has it."""
    topic = await _ours(visit, Right.FEEDS)
    fields = TopicFields.read(visit.form)
    others = [each for each in await feeds.topics(visit.tx) if each.id != topic.id]
    if problem := fields.problem(others):
        return await _one_page(visit, topic, fields, problem)
    wanted = fields.changed(topic)
    if (wanted.approval, wanted.members_only) != (topic.approval, topic.members_only):
        # Who may not release anything must not decide who does, nor for whom it is.
        visit.require(Right.PUBLISH, topic.id)
    await source_definitions.change_topic(visit.tx, wanted, visit.actor, now=visit.now)
    return Redirect(path_of_topic(topic.id), "saved")


async def merge(visit: Visit) -> Redirect:
    """Have all who subscribe go on in another topic; they are told, and moved in the background."""
    topic = await _ours(visit, Right.PUBLISH)
    target = await _find(visit, visit.form.value("into"))
    visit.require(Right.PUBLISH, target.id)
    if target not in await _targets(visit, topic) or await topic_life.obstacle(visit.tx, topic.id):
        return Redirect(path_of_topic(topic.id), "topic-not-ended")
    await topic_life.begin_merge(
        visit.tx, topic.id, target.id, visit.actor, notices=_notices(visit), now=visit.now
    )
    return Redirect(path_of_topic(target.id), "topic-merged")


async def end(visit: Visit) -> Redirect:
    """Say good-bye to all who subscribe, in own words or in ours, and offer another topic if one is named."""
    topic = await _ours(visit, Right.PUBLISH)
    offered = visit.form.value("offer")
    if offered and offered not in {each.id for each in await _offers(visit, topic)}:
        raise gone()
    if await topic_life.obstacle(visit.tx, topic.id):
        return Redirect(path_of_topic(topic.id), "topic-not-ended")
    text = shorten(visit.form.value("text"), LONGEST_FAREWELL)
    await topic_life.end(
        visit.tx,
        topic.id,
        TopicId(offered) if offered else None,
        visit.actor,
        farewell=(_notices(visit), text),
        now=visit.now,
    )
    return Redirect("/feeds", "topic-ended")


def _new_page(visit: Visit, fields: TopicFields, problem: FormProblem | None = None) -> PageView:
    del visit
    values = {"here": "/feeds", "fields": fields, "problem": problem, **_OFFERED}
    return PageView("new_topic.html", values, status=422 if problem else 200)


async def _one_page(
    visit: Visit, topic: Topic, fields: TopicFields | None = None, problem: FormProblem | None = None
) -> PageView:
    is_ours = await added_topics.is_one(visit.tx, topic.id)
    values: dict[str, Any] = {
        "here": "/feeds",
        "topic": topic,
        "origin": Origin.ADDED if is_ours else Origin.CONFIGURED,
        "fields": fields or TopicFields.of(topic),
        "problem": problem,
        "feeds": await feeds.statuses(visit.tx, topics=[topic.id]),
        "feed_state": feed_state,
        "path_of_feed": path_of_feed,
        "subscribers": await visit.console.figures.subscribers.get(topic.id),
        "few": FEW,
        "may_change": is_ours and visit.may(Right.FEEDS, topic.id),
        "may_rule": visit.may(Right.PUBLISH, topic.id),
        "longest_farewell": LONGEST_FAREWELL,
        "usual_approval": await approval_rules.usual(visit.tx),
        **_OFFERED,
    }
    if values["may_change"] and values["may_rule"]:
        values |= {
            "obstacle": await topic_life.obstacle(visit.tx, topic.id),
            "targets": await _targets(visit, topic),
            "offers": await _offers(visit, topic),
        }
    return PageView("topic.html", values, status=422 if problem else 200)


async def _targets(visit: Visit, topic: Topic) -> list[Topic]:
    """Return the topics into which *topic* may be merged: they are for the same people."""
    return [
        each
        for each in await feeds.topics(visit.tx)
        if topic_life.can_merge(topic, each) and visit.may(Right.PUBLISH, each.id)
    ]


async def _offers(visit: Visit, topic: Topic) -> list[Topic]:
    """Return the topics that may be offered instead: they are for everybody."""
    known = await feeds.topics(visit.tx, only=visit.seen)
    return [each for each in known if each.id != topic.id and not each.members_only]


async def _ours(visit: Visit, right: Right) -> Topic:
    """Return the topic of a form, if the database defines it and it is theirs to change."""
    topic = await _find(visit, visit.form.value("topic"))
    visit.require(Right.FEEDS, topic.id)
    visit.require(right, topic.id)
    if not await added_topics.is_one(visit.tx, topic.id):
        raise Refusal(409, "console-in-file")
    return topic


async def _find(visit: Visit, name: str) -> Topic:
    """Return a topic that whoever is signed in sees; raises Refusal."""
    found = next((each for each in await feeds.topics(visit.tx, only=visit.seen) if each.id == name), None)
    if found is None:
        raise gone()
    return found


def _notices(visit: Visit) -> Notices:
    return Notices(visit.console.translator, visit.console.means.lasts)


def _require_every_topic(visit: Visit) -> None:
    if not visit.authority.covers_all:
        raise Refusal(403, "only-other-topics")


ROUTES = (
    shows(NEW, Right.FEEDS, show_new),
    acts(f"{NEW}/add", Right.FEEDS, add),
    shows("/topics/{topic}", Right.SEE, show_one),
    acts("/topics/change", Right.FEEDS, change),
    acts("/topics/merge", Right.FEEDS, merge),
    acts("/topics/end", Right.FEEDS, end),
)
