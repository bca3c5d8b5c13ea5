"""Editing what waits to be released: its title, its summary, its lead photo, and whether it is urgent."""

from functools import partial

from bot.commands.admin.publishing.callbacks import (
    ChoosePhoto,
    EditWaiting,
    EditWish,
    MoveStep,
    MoveWaiting,
    ShowWaiting,
)
from bot.commands.base.awaited_input import EditedWords
from bot.commands.base.context import Deferred, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.domain.chats.message import Button, Keyboard, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import SourceError
from bot.domain.publication.announcement import TITLE_LENGTH
from bot.domain.publication.content import SUMMARY_LENGTH
from bot.domain.publication.editing import Edit, EditedPart, EditError
from bot.domain.publication.publication import PublicationId
from bot.domain.text.text import shorten
from bot.services.publishing.editing import Edited, edit, restore, topics_of
from bot.services.publishing.standing import ApprovalStanding, standing
from bot.services.publishing.standing_words import Speech, source_lines
from bot.store.chats import chats

handlers = Handlers()

_MAY = admins_only(Right.EDIT)
_PHOTOS = 8
"""Photos that are offered: those behind them seldom lead."""
_CAPTION = 40
_SUMMARY = 700

_PARTS = {EditWish.TITLE: EditedPart.TITLE, EditWish.SUMMARY: EditedPart.SUMMARY}
_EDITS = {
    EditWish.WITHOUT_PHOTO: Edit(without_photo=True),
    EditWish.URGENT: Edit(urgent=True),
    EditWish.NOT_URGENT: Edit(urgent=False),
}


@handlers.button(EditWaiting, _MAY, writes=True)
async def press_edit(request: Request, pressed: EditWaiting) -> Response:
    """Show what can be edited, ask for words or a photo, or edit what a button says."""
    publication, wish = PublicationId(pressed.article, pressed.topic), pressed.wish
    if not await may_edit(request, pressed.article):
        return request.refuse(request.text("only-other-topics"))
    if part := _PARTS.get(wish):
        return await _ask(request, publication, part)
    await request.unit.note(partial(chats.forget_input, address=request.address))
    if wish is EditWish.PHOTO:
        return await _offer_photos(request, publication)
    if wish is EditWish.RESTORE:
        done = await restore(request.write_tx, pressed.article, request.actor, now=request.now)
        return await _panel(request, publication, done)
    if wish in _EDITS:
        done = await edit(request.write_tx, pressed.article, _EDITS[wish], request.actor, now=request.now)
        return await _panel(request, publication, done)
    return (await _panel(request, publication)).as_new_messages()


@handlers.awaited(EditedWords, _MAY, gives_way=lambda _, __: False)
async def take_words(request: Request, awaited: EditedWords, words: str) -> Response:
    """Take what somebody has typed as the title or the summary; ask once more if it cannot be one."""
    publication = PublicationId(awaited.article, awaited.topic)
    if not await may_edit(request, awaited.article):
        return request.refuse(request.text("only-other-topics"))
    try:
        wanted = (
            Edit.of_words(title=words) if awaited.part is EditedPart.TITLE else Edit.of_words(summary=words)
        )
    except EditError as error:
        longest = TITLE_LENGTH if awaited.part is EditedPart.TITLE else SUMMARY_LENGTH
        fault = request.text("edit-flaw", flaw=error.flaw, longest=longest)
        return await _ask(request, publication, awaited.part, fault)
    done = await edit(request.write_tx, awaited.article, wanted, request.actor, now=request.now)
    return await _panel(request, publication, done)


@handlers.button(ChoosePhoto, _MAY)
async def press_photo(request: Request, pressed: ChoosePhoto) -> Response:
    """Fetch one of the article's photos and let it lead, if that still waits as it was seen."""
    publication = PublicationId(pressed.article, pressed.topic)
    if not await may_edit(request, pressed.article):
        return request.refuse(request.text("only-other-topics"))
    stands = await standing(request.tx, publication)
    photos = stands.stored.article.photos if stands and _is_seen(stands, pressed.round) else ()
    if not 0 < pressed.number <= len(photos):
        return request.refuse(request.text("approval-refused"))
    context, actor, photo = request.context, request.actor, photos[pressed.number - 1]
    outcome: list[Response] = []

    async def fetch() -> None:
        try:
            prepared = await context.desk.picture(photo)
        except SourceError:
            return
        async with context.database.write() as tx:
            wanted, now = Edit(photo=prepared), context.clock.now()
            done = await edit(tx, pressed.article, wanted, actor, seen=pressed.round, now=now)
            outcome.append(shown(request, await standing(tx, publication), done))

    async def show() -> Response:
        if outcome:
            return outcome[0]
        return request.say(plain(request.text("edit-no-photo")), keyboard=((_back(request, publication),),))

    return Response(later=Deferred(fetch, show))


async def may_edit(request: Request, article: ArticleId) -> bool:
    """Return whether the sender edits in every topic in which *article* waits: an edit concerns all."""
    return await request.may(Right.EDIT, *await topics_of(request.tx, article))


def _is_seen(stands: ApprovalStanding, seen: int) -> bool:
    return stands.request is not None and stands.request.waiting.round == seen


async def _panel(request: Request, publication: PublicationId, done: Edited | None = None) -> Response:
    return shown(request, await standing(request.tx, publication), done)


def shown(request: Request, stands: ApprovalStanding | None, done: Edited | None) -> Response:
    """Show what waits with what can be edited about it, and what became of an edit."""
    if stands is None or stands.request is None:
        return request.refuse(request.text("edit-done", done=Edited.GONE))
    if stands.stored.topics:
        return request.refuse(request.text("edit-done", done=Edited.OUT))
    article = stands.stored.article
    speech = Speech(request.context.translator, request.language)
    is_urgent = stands.request.worth.urgent
    facts = [
        request.text("edit-photo", has="photo" if stands.stored.photo_key else "none"),
        *([request.text("approval-urgent")] if is_urgent else []),
    ]
    return request.say(
        plain(request.text("edit-done", done=done) if done else ""),
        bold(request.text("edit-title")),
        bold(article.title),
        plain(shorten(article.summary, _SUMMARY)),
        plain("\n".join(facts)),
        plain("\n".join(source_lines(stands.stored, stands.source, speech))),
        plain(request.text("edit-how")),
        keyboard=_buttons(request, stands, is_urgent=is_urgent),
    )


def _buttons(request: Request, stands: ApprovalStanding, *, is_urgent: bool) -> Keyboard:
    def wishing(wish: EditWish) -> Button:
        return _wishing(request, stands.publication, wish)

    move = MoveWaiting(stands.stored.id, MoveStep.SHOW, stands.topic.id)
    return (
        (wishing(EditWish.TITLE), wishing(EditWish.SUMMARY)),
        (wishing(EditWish.PHOTO), wishing(EditWish.NOT_URGENT if is_urgent else EditWish.URGENT)),
        (Button(request.text("button-edit-topics"), action=move.pack()),),
        *(((wishing(EditWish.RESTORE),),) if stands.source else ()),
        (_card_button(request, stands.publication),),
    )


def _wishing(request: Request, publication: PublicationId, wish: EditWish) -> Button:
    data = EditWaiting(publication.article, wish, publication.topic)
    return Button(
        request.text("button-edit-wish", wish=wish.name.lower().replace("_", "-")), action=data.pack()
    )


def _card_button(request: Request, publication: PublicationId) -> Button:
    again = ShowWaiting(publication.article, publication.topic)
    return Button(request.text("button-waiting-one"), action=again.pack())


def _back(request: Request, publication: PublicationId) -> Button:
    data = EditWaiting(publication.article, EditWish.SHOW, publication.topic)
    return Button(request.text("button-back"), action=data.pack())


async def _ask(request: Request, publication: PublicationId, part: EditedPart, fault: str = "") -> Response:
    """Ask for the words of a *part*, if it can still be edited."""
    stands = await standing(request.tx, publication)
    if stands is None or stands.request is None or stands.stored.topics:
        return shown(request, stands, None)
    chat = await request.registered()
    awaited = EditedWords(publication.article, part, publication.topic)
    await chats.await_input(request.write_tx, chat.id, awaited.pack(), request.now)
    article = stands.stored.article
    now = article.title if part is EditedPart.TITLE else article.summary
    return request.say(
        plain(fault),
        plain(request.text("edit-ask", part=part.name.lower())),
        plain(now),
        keyboard=((_back(request, publication),),),
    )


async def _offer_photos(request: Request, publication: PublicationId) -> Response:
    """Offer the article's photos by their numbers, and to have none."""
    stands = await standing(request.tx, publication)
    if stands is None or stands.request is None or stands.stored.topics:
        return shown(request, stands, None)
    photos = stands.stored.article.photos[:_PHOTOS]
    seen = stands.request.waiting.round
    lines = [
        f"{number}. {shorten(photo.caption, _CAPTION) or photo.url}" for number, photo in enumerate(photos, 1)
    ]

    def choosing(number: int) -> tuple[Button]:
        data = ChoosePhoto(publication.article, seen, number, publication.topic)
        return (Button(request.text("button-edit-photo", number=number), action=data.pack()),)

    has_photo = stands.stored.photo_key is not None
    without = (_wishing(request, publication, EditWish.WITHOUT_PHOTO),)
    return request.say(
        plain(request.text("edit-photos" if photos else "edit-photos-none")),
        plain("\n".join(lines)),
        keyboard=(
            *map(choosing, range(1, len(photos) + 1)),
            *((without,) if has_photo else ()),
            (_back(request, publication),),
        ),
    )
