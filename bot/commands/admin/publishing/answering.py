"""Answering whether a publication may be released, and showing how it stands."""

from dataclasses import replace
from functools import partial

from bot.commands.admin.publishing.callbacks import PutBack, ShowWaiting
from bot.commands.admin.publishing.waiting_card import waiting_card
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.domain.chats.message import Button, Keyboard, NewPhoto
from bot.domain.desk.roles import Right
from bot.domain.publication.approval import Given
from bot.domain.publication.publication import PublicationId
from bot.services.publishing.approval import give
from bot.services.publishing.standing import ApprovalStanding, standing
from bot.services.publishing.standing_words import Speech, about
from bot.services.rendering.card import CardFormat
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.publications import questions


async def answer(request: Request, publication: PublicationId, given: Given) -> Response:
    """Give an answer; who comes second, or has seen something else, learns how it stands."""
    if not await request.may(Right.PUBLISH, publication.topic):
        return request.refuse(request.text("only-other-topics"))
    await forget_question(request)
    tx = request.write_tx
    state = await give(tx, publication, given, request.actor, now=request.now)
    if request.pressed is not None:
        await questions.settled(tx, request.address, request.pressed)
    stands = await standing(tx, publication)
    if stands is None:
        return request.refuse(request.text("article-gone"))
    toast = request.text("approval-toast", state=state) if state else request.text("approval-refused")
    return request.say(about(stands, speech(request)), keyboard=next_buttons(request, stands), toast=toast)


def next_buttons(request: Request, stands: ApprovalStanding) -> Keyboard:
    """Return a button that shows a publication once more, if there is still something to decide, or that
    puts it back.
    """
    named = stands.publication.article, stands.publication.topic
    if stands.request:
        return ((Button(request.text("button-waiting-one"), action=ShowWaiting(*named).pack()),),)
    if stands.may_put_back(request.now):
        return ((Button(request.text("button-put-back"), action=PutBack(*named).pack()),),)
    return ()


async def show_card(request: Request, publication: PublicationId, *, news: str | None = None) -> Response:
    """Show what waits, or how it was decided about."""
    authority = await request.authority()
    if not authority.covers([publication.topic]):
        return request.refuse(request.text("only-other-topics"))
    stands = await standing(request.tx, publication)
    if stands is None:
        return request.refuse(request.text("article-gone"))
    form = CardFormat(request.context.translator, request.language, request.context.messenger.capabilities)
    key = stands.stored.photo_key
    photo = await articles.photo(request.tx, key) if key else None
    lead = NewPhoto(photo.key, photo.content) if photo else None
    shown = waiting_card(stands, form, lead, decides=authority.may(Right.PUBLISH))
    if authority.may(Right.PUBLISH) and stands.may_put_back(request.now):
        shown = replace(shown, keyboard=(*next_buttons(request, stands), *shown.keyboard))
    return Response((OutgoingMessage(request.address, shown),), news)


def speech(request: Request) -> Speech:
    return Speech(request.context.translator, request.language)


async def forget_question(request: Request) -> None:
    """Forget what somebody was asked to type."""
    await request.unit.note(partial(chats.forget_input, address=request.address))
