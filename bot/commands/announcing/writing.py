"""/thongbao: writing an announcement part by part, trying it, and releasing it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.announcing.callbacks import (
    ChangeDraft,
    DraftField,
    ReleaseDraft,
    ReleaseStep,
    WriteAnnouncement,
)
from bot.commands.announcing.forecast_text import forecast_text
from bot.commands.announcing.panel import (
    DAYS,
    back,
    panel,
    part_buttons,
    preview,
    release_buttons,
)
from bot.commands.base.awaited_input import AnnouncementPart
from bot.commands.base.callbacks import ShowPublication
from bot.commands.base.command_names import Command
from bot.commands.base.context import Deferred, OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.recent import Question
from bot.domain.chats.message import Button, Message, RichText, bold, plain, with_examples
from bot.domain.clock import VIETNAM
from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId, Photo
from bot.domain.news.feed import SourceError, Topic
from bot.domain.publication.announcement import AtEnd, Draft, DraftPart, Written, documents_in, page_in
from bot.domain.publication.content import Content
from bot.domain.publication.ending import SeriesError, end_of, release_of
from bot.domain.publication.forecast import AccountForecast
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.announcements import announce, content_of
from bot.services.publishing.forecasting import forecast
from bot.services.rendering.card import paragraphs
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.feeds import feeds
from bot.store.publications import drafts, publications

handlers = Handlers()

_MAY = admins_only(Right.PUBLISH)


@handlers.command(Command.ANNOUNCE, _MAY, writes=False, takes=any_words)
async def write_announcement(request: Request, words: str) -> Response:
    """Show what is being written, or ask for it."""
    del words
    draft = await drafts.of(request.tx, request.chat.id) if request.chat else None
    if draft is None:
        asks = Question(words=AnnouncementPart(DraftPart.TEXT))
        return request.say(asking_for(request, DraftPart.TEXT), asks=asks)
    return panel(request, draft, await topics_offered(request))


@handlers.button(WriteAnnouncement, _MAY, writes=True)
async def press_part(request: Request, pressed: WriteAnnouncement) -> Response:
    """Ask for a part of the announcement, or show all of it."""
    draft = await _draft(request)
    if draft is None:
        return request.refuse(request.text("announcement-none"))
    if pressed.part is None:
        return panel(request, draft, await topics_offered(request))
    return await _ask(request, draft, pressed.part)


@handlers.awaited(AnnouncementPart, _MAY, gives_way=lambda _, __: False, keeps_lines=True)
async def take_part(request: Request, awaited: AnnouncementPart, words: str) -> Response:
    """Take what somebody has written as the part that they were asked for."""
    draft = await _draft(request)
    if awaited.part is DraftPart.PHOTO:
        return await _take_photo(request, words)
    try:
        changed = _with_part(draft, awaited.part, words, request.now)
    except SeriesError:
        return await _ask(request, draft, awaited.part, fault=request.text("announcement-no-series"))
    except ValueError:
        fault = request.text("announcement-fault", part=awaited.part)
        return await _ask(request, draft, awaited.part, fault=fault)
    offered = await topics_offered(request)
    if draft is None and len(offered) == 1:
        changed = replace(changed, topics=(offered[0].id,))
    await _keep(request, changed)
    return panel(request, changed, offered)


def _with_part(draft: Draft | None, part: DraftPart, words: str, now: datetime) -> Draft:
    """Return the announcement with a *part* as *words* have it; raises ValueError."""
    draft = draft or Draft(f"announcement/{secrets.token_hex(8)}")
    match part:
        case DraftPart.DOCUMENTS:
            return replace(draft, documents=documents_in(words))
        case DraftPart.PAGE:
            return replace(draft, page=page_in(words))
        case DraftPart.END:
            return replace(draft, ends_at=end_of(words, now, VIETNAM))
        case DraftPart.RELEASE:
            return replace(draft, release_at=release_of(words, now, VIETNAM))
        case _:
            written = Written.of(words)
            return replace(draft, title=written.title, text=written.text)


async def _take_photo(request: Request, words: str) -> Response:
    """Fetch the photo whose address somebody has written, and show the announcement with it."""
    chat, context, offered = await request.registered(), request.context, await topics_offered(request)
    try:
        address = page_in(words)
    except ValueError:
        fault = request.text("announcement-fault", part=DraftPart.PHOTO)
        return await _ask(request, await _draft(request), DraftPart.PHOTO, fault=fault)
    found: list[Draft] = []

    async def fetch() -> None:
        try:
            photo = await context.desk.picture(Photo(address))
        except SourceError:
            return
        async with context.database.write() as tx:
            if draft := await drafts.to_change(tx, chat.id):
                await articles.save_photo(tx, photo, now=context.clock.now())
                found.append(replace(draft, photo=photo.key))
                await drafts.keep(tx, chat.id, found[0])

    async def show() -> Response:
        if found:
            return panel(request, found[0], offered)
        return request.say(plain(request.text("announcement-no-photo")), keyboard=((back(request),),))

    return Response(later=Deferred(fetch, show))


@handlers.button(ChangeDraft, _MAY, writes=True)
async def press_change(request: Request, pressed: ChangeDraft) -> Response:
    draft, offered = await _draft(request), await topics_offered(request)
    changed = draft and _changed(draft, pressed, offered, request.now)
    if changed is None:
        return request.refuse(request.text("announcement-none" if draft is None else "button-stale"))
    await _keep(request, changed)
    return panel(request, changed, offered)


def _changed(draft: Draft, pressed: ChangeDraft, offered: Sequence[Topic], now: datetime) -> Draft | None:
    """Return the announcement as a button has it; None for what no button of ours says."""
    value, known = pressed.value, [topic.id for topic in offered]
    match pressed.field:
        case DraftField.URGENT:
            return replace(draft, urgent=value == "1")
        case DraftField.TOPIC_ON | DraftField.TOPIC_OFF:
            chosen = (
                {*draft.topics, value} if pressed.field is DraftField.TOPIC_ON else {*draft.topics} - {value}
            )
            return replace(draft, topics=tuple(each for each in known if each in chosen))
        case DraftField.LASTS if value in map(str, DAYS):
            return replace(draft, ends_at=now + timedelta(days=int(value)))
        case DraftField.AT_END if value in set(AtEnd):
            return replace(draft, at_end=AtEnd(value))
        case DraftField.WITHOUT if value in set(DraftPart):
            return _without(draft, DraftPart(value))
    return None


def _without(draft: Draft, part: DraftPart) -> Draft:
    match part:
        case DraftPart.PHOTO:
            return replace(draft, photo=None)
        case DraftPart.DOCUMENTS:
            return replace(draft, documents=())
        case DraftPart.PAGE:
            return replace(draft, page="")
        case DraftPart.END:
            return replace(draft, ends_at=None)
        case DraftPart.RELEASE:
            return replace(draft, release_at=None)
        case DraftPart.TEXT:
            return draft


@handlers.button(ReleaseDraft, _MAY, writes=True)
async def press_release(request: Request, pressed: ReleaseDraft) -> Response:
    """Show how the announcement will look and where it will go, try it, release it, or drop it.

    What has changed since it was shown, or is another one by now, is shown instead of released.
    """
    draft = await _draft(request)
    if draft is None:
        return request.refuse(request.text("announcement-none"))
    if pressed.step is ReleaseStep.DROP:
        await _forget(request)
        return _dropped(request)
    offered = await topics_offered(request)
    topics = [topic for topic in offered if topic.id in draft.topics]
    if len(topics) < len(draft.topics):
        return request.refuse(request.text("only-other-topics"))
    if lack := draft.lacks(request.now):
        return panel(request, draft, offered, said=request.text("announcement-lacks", lack=lack))
    is_unseen = pressed.step is ReleaseStep.RELEASE and pressed.seen != draft.mark
    return await _taken(request, ReleaseStep.PREVIEW if is_unseen else pressed.step, draft, topics)


async def _taken(request: Request, step: ReleaseStep, draft: Draft, topics: Sequence[Topic]) -> Response:
    match step:
        case ReleaseStep.PREVIEW:
            return _foretold(request, draft, await content_of(request.tx, draft), topics)
        case ReleaseStep.TEST:
            return _tried(request, draft, await content_of(request.tx, draft), topics)
        case _:
            return await _released(request, draft, topics)


def _foretold(request: Request, draft: Draft, content: Content, topics: Sequence[Topic]) -> Response:
    """Show the card, and when that is counted, where it would go."""
    context, found = request.context, list[AccountForecast]()
    at = content.release_at or request.now

    async def count() -> None:
        async with context.database.read() as tx:
            found.extend(await forecast(tx, content, topics, context.desk.forecasts, now=at))

    async def tell() -> Response:
        text = paragraphs(
            *forecast_text(request, found), plain(request.text("announcement-release-question"))
        )
        return _said(request, Message(text, keyboard=release_buttons(request, draft)))

    shown = _said(request, preview(request, content, topics[0]))
    return replace(shown, toast=request.text("announcement-counting"), later=Deferred(count, tell))


def _tried(request: Request, draft: Draft, content: Content, topics: Sequence[Topic]) -> Response:
    """Send the card to nobody but whoever asked, marked as a test."""
    title = request.text("announcement-test", title=content.title)
    again = Message((plain(request.text("announcement-tried")),), keyboard=release_buttons(request, draft))
    return _said(request, preview(request, content, topics[0], title=title), again)


async def _released(request: Request, draft: Draft, topics: Sequence[Topic]) -> Response:
    tx = request.write_tx
    rules = request.context.desk.publishing
    article = await announce(tx, draft, topics, request.actor, rules, now=request.now)
    if article is None:
        said = request.text("announcement-page-known")
        return panel(request, draft, await topics_offered(request), said=said)
    await _forget(request)
    names = ", ".join(topic.name(request.language) for topic in topics)
    show = Button(request.text("button-announcement-show"), action=ShowPublication(article).pack())
    return request.say(
        bold(draft.title),
        plain(await _how_it_stands(request, article, draft, names)),
        keyboard=((show,),),
    )


async def _how_it_stands(request: Request, article: ArticleId, draft: Draft, topics: str) -> str:
    found = await publications.get(request.tx, article)
    state = found.state if found else PublicationState.RELEASED
    moment = request.moment(draft.release_at) if draft.release_at else ""
    return request.text("announcement-released", state=state, moment=moment, topics=topics)


def _said(request: Request, *messages: Message) -> Response:
    return Response(tuple(OutgoingMessage(request.address, each) for each in messages))


def _dropped(request: Request) -> Response:
    return request.say(plain(request.text("announcement-dropped")))


def asking_for(request: Request, part: DraftPart) -> RichText:
    """Return the question for a *part*, which may be sent as a file where those are handed out."""
    files = "yes" if request.context.messenger.capabilities.largest_file else "no"
    return request.examples("announcement-ask", part=part, files=files)


async def _ask(request: Request, draft: Draft | None, part: DraftPart, *, fault: str = "") -> Response:
    """Ask for a *part*; whatever is written next is taken as it."""
    chat = await request.registered()
    await chats.await_input(request.write_tx, chat.id, AnnouncementPart(part).pack(), request.now)
    return request.say(
        with_examples(fault),
        asking_for(request, part),
        keyboard=part_buttons(request, draft, part) if draft else (),
    )


async def _draft(request: Request) -> Draft | None:
    return await drafts.to_change(request.write_tx, request.chat.id) if request.chat else None


async def topics_offered(request: Request) -> tuple[Topic, ...]:
    """Return the topics that the sender may announce in."""
    return await feeds.topics(request.tx, only=(await request.authority()).seen)


async def _keep(request: Request, draft: Draft) -> None:
    chat = await request.registered()
    await drafts.keep(request.write_tx, chat.id, draft)


async def _forget(request: Request) -> None:
    chat = await request.registered()
    await drafts.drop(request.write_tx, chat.id)
    await chats.forget_input(request.write_tx, request.address)
