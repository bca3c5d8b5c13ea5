"""Editing what waits, beside what its source says; whoever saves has seen what they change."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Right
from bot.domain.news.article import PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.domain.publication.announcement import TITLE_LENGTH
from bot.domain.publication.content import SUMMARY_LENGTH
from bot.domain.publication.editing import Edit, EditError, Flaw, SourceText
from bot.domain.publication.publication import PublicationId
from bot.domain.text.text import one_line
from bot.services.publishing.editing import Edited, edit, restore, topics_of, topics_to_change
from bot.services.publishing.standing import ApprovalStanding, standing
from bot.store.articles import articles
from bot.store.feeds import feeds
from bot.web.console.routes import acts, shows
from bot.web.console.visit import Answer, PageView, Redirect, Refusal, Visit, article_number, gone

_KEEP, _NONE = "", "none"
"""What a form has in place of a photo's address."""

_LONGEST = {Flaw.TITLE_TOO_LONG: TITLE_LENGTH, Flaw.SUMMARY_TOO_LONG: SUMMARY_LENGTH}


@dataclass(frozen=True, slots=True)
class TypedEdit:
    """What stands in the form. *photo* is the address of the one that is to lead, or that it stays; *topics*
    are those in which it is to wait.
    """

    title: str
    summary: str
    urgent: bool
    topics: tuple[TopicId, ...]
    photo: str = _KEEP

    @classmethod
    def sent(cls, visit: Visit) -> "TypedEdit":
        form = visit.form
        return cls(
            form.value("title"),
            form.value("summary"),
            form.value("urgent") == "yes",
            tuple(TopicId(each) for each in form.all("topics")),
            form.value("photo"),
        )

    def edit(self, stands: ApprovalStanding, photo: PreparedPhoto | None, waits: Collection[TopicId]) -> Edit:
        """Return what is changed about a publication of an article that *waits* in topics.

        Raises EditError for words that cannot stand.
        """
        article = stands.stored.article
        wanted = Edit.of_words(
            title=None if one_line(self.title) == one_line(article.title) else self.title,
            summary=None if one_line(self.summary) == one_line(article.summary) else self.summary,
            urgent=self.urgent,
            without_photo=self.photo == _NONE,
        )
        topics = None if set(self.topics) == set(waits) else Edit.into(self.topics).topics
        return replace(wanted, photo=photo, topics=topics)


async def show(visit: Visit) -> Answer:
    """Show the form, as the publication stands."""
    about = PublicationId(article_number(visit.arguments["article"]), TopicId(visit.arguments["topic"]))
    stands = await _find(visit, about)
    if stands.request is None or stands.stored.topics:
        return _refused(about, stands)
    article, waits = stands.stored.article, await topics_of(visit.tx, about.article)
    typed = TypedEdit(article.title, article.summary, stands.request.worth.urgent, waits)
    return await _form(visit, stands, typed)


async def fetch_photo(visit: Visit) -> PreparedPhoto | None:
    """Return the photo that was chosen; None where there is none, or it cannot be had."""
    chosen = visit.form.value("photo")
    if chosen in (_KEEP, _NONE):
        return None
    async with visit.console.database.read() as tx:
        stored = await articles.get(tx, article_number(visit.form.value("article")))
    photo = next((each for each in stored.article.photos if each.url == chosen), None) if stored else None
    try:
        return await visit.console.means.picture(photo) if photo else None
    except SourceError:
        return None


async def save(visit: Visit) -> Answer:
    """Edit what waits; where it has changed meanwhile, what was typed stands beside how it is now."""
    waits = await topics_to_change(visit.tx, article_number(visit.form.value("article")))
    about, stands = await _named(visit)
    typed, photo = TypedEdit.sent(visit), visit.told
    if not set(await _offered(visit)).issuperset(typed.topics):
        raise Refusal(403, "only-other-topics")
    assert photo is None or isinstance(photo, PreparedPhoto)
    if stands.request is None or stands.stored.topics:
        return _refused(about, stands)
    if stands.request.waiting.round != visit.form.number("round"):
        return await _form(
            visit, stands, replace(typed, photo=_KEEP), problem="console-edit-changed", status=409
        )
    if photo is None and typed.photo not in (_KEEP, _NONE):
        return await _form(visit, stands, replace(typed, photo=_KEEP), problem="edit-no-photo", status=422)
    try:
        wanted = typed.edit(stands, photo, waits)
    except EditError as error:
        return await _form(visit, stands, typed, flaw=error.flaw, status=422)
    done = await edit(visit.tx, about.article, wanted, visit.actor, now=visit.now)
    if done is Edited.DONE and about.topic not in typed.topics:
        about = replace(about, topic=min(typed.topics))
    return Redirect(_path(about), f"edit-{done}")


async def take_back(visit: Visit) -> Answer:
    """Let it say what its source says."""
    about, _ = await _named(visit)
    done = await restore(visit.tx, about.article, visit.actor, now=visit.now)
    return Redirect(_path(about), f"edit-{done}")


async def _named(visit: Visit) -> tuple[PublicationId, ApprovalStanding]:
    about = PublicationId(article_number(visit.form.value("article")), TopicId(visit.form.value("topic")))
    return about, await _find(visit, about)


async def _find(visit: Visit, about: PublicationId) -> ApprovalStanding:
    """Return how it stands, for somebody who edits in every topic in which it waits: an edit concerns all."""
    visit.require(Right.EDIT, about.topic, *await topics_of(visit.tx, about.article))
    stands = await standing(visit.tx, about)
    if stands is None:
        raise gone()
    return stands


async def _offered(visit: Visit) -> dict[TopicId, str]:
    """Return the names of the topics in which whoever is signed in edits."""
    found = await feeds.topics(visit.tx)
    return {each.id: each.name(visit.language) for each in found if visit.may(Right.EDIT, each.id)}


async def _form(
    visit: Visit,
    stands: ApprovalStanding,
    typed: TypedEdit,
    *,
    problem: str = "",
    flaw: Flaw | None = None,
    status: int = 200,
) -> PageView:
    assert stands.request is not None
    stored = stands.stored
    values = {
        "stands": stands,
        "stored": stored,
        "typed": typed,
        "round": stands.request.waiting.round,
        "source": stands.source or SourceText.of(stored.article, stored.photo_key),
        "photos": stored.article.photos[1:] if stored.photo_key else stored.article.photos,
        "offered": await _offered(visit),
        "problem": problem,
        "flaw": flaw,
        "longest": _LONGEST.get(flaw, 0) if flaw else 0,
        "title_length": TITLE_LENGTH,
        "summary_length": SUMMARY_LENGTH,
        "path": _path(stands.publication),
    }
    return PageView("approval_edit.html", values, status=status)


def _refused(about: PublicationId, stands: ApprovalStanding) -> Redirect:
    return Redirect(_path(about), f"edit-{Edited.OUT if stands.stored.topics else Edited.GONE}")


def _path(about: PublicationId) -> str:
    return f"/approvals/{about.article}/{quote(about.topic, safe='')}"


ROUTES = (
    shows("/approvals/{article}/{topic}/edit", Right.EDIT, show),
    acts("/approvals/edit", Right.EDIT, save, ask=fetch_photo),
    acts("/approvals/restore", Right.EDIT, take_back),
)
