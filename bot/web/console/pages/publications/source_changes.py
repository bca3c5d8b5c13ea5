"""The source of an edited article that is out has changed: taking that over, or leaving the article."""

from bot.domain.desk.roles import Right
from bot.services.publishing.source_changes import leave, take
from bot.store.articles import articles
from bot.web.console.pages.publications.seen import find_publication
from bot.web.console.routes import acts
from bot.web.console.visit import Redirect, Visit, article_number, gone


async def decide(visit: Visit) -> Redirect:
    """Decide about the version that was shown; who comes second learns that it is decided."""
    publication = await find_publication(visit, article_number(visit.form.value("article")))
    stored = await articles.get(visit.tx, publication.article)
    if stored is None:
        raise gone()
    visit.require(Right.PUBLISH, *stored.all_topics)
    tx, version, takes = visit.tx, visit.form.number("version"), visit.form.value("takes") == "yes"
    if takes:
        lasts = visit.console.means.lasts
        done = await take(tx, stored.id, version, visit.actor, lasts=lasts, now=visit.now)
    else:
        done = await leave(tx, stored.id, version, visit.actor, now=visit.now)
    notice = ("source-taken" if takes else "source-left") if done else "article-changed"
    return Redirect(f"/articles/{stored.id}", notice)


ROUTES = (acts("/articles/source", Right.PUBLISH, decide),)
