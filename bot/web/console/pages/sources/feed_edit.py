"""Changing and removing a feed that the database defines; one of feeds.toml is changed there."""

from bot.domain.desk.roles import Right
from bot.services.administration import source_definitions
from bot.store.feeds.feeds import FeedStatus
from bot.web.console.pages.sources.feed_form import FeedFields
from bot.web.console.pages.sources.feed_values import refused
from bot.web.console.pages.sources.feeds import feed_to_change, one_page, path_of
from bot.web.console.routes import acts
from bot.web.console.visit import PageView, Redirect, Refusal, Visit


async def change(visit: Visit) -> PageView | Redirect:
    """Keep the feed as the form has it."""
    status = await _ours(visit)
    fields = FeedFields.read(visit.form, visit.console.trials.markup)
    problem = fields.problem_to_keep(visit.console.trials.markup)
    problem = problem or await refused(visit, fields, but=status.feed.id)
    if problem:
        return await one_page(visit, status, fields, problem)
    wanted = fields.changed(status.feed, visit.console.usual_interval)
    await source_definitions.change_feed(visit.tx, wanted, visit.actor, now=visit.now)
    return Redirect(path_of(wanted.id), "saved")


async def remove(visit: Visit) -> Redirect:
    """Have the feed be polled no more."""
    status = await _ours(visit)
    await source_definitions.remove_feed(visit.tx, status.feed.id, visit.actor, now=visit.now)
    return Redirect("/feeds", "feed-removed")


async def _ours(visit: Visit) -> FeedStatus:
    status = await feed_to_change(visit)
    if not status.origin.is_ours:
        raise Refusal(409, "console-in-file")
    return status


ROUTES = (
    acts("/feeds/change", Right.FEEDS, change),
    acts("/feeds/remove", Right.FEEDS, remove),
)
