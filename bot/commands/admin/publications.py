"""/tinphathanh: what was published last, and stopping, resuming and recalling it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from bot.commands.admin.confirming import once_in_force
from bot.commands.admin.publishing.callbacks import ShowWaiting
from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.callbacks import ListPublications, ShowPublication, TakeStep
from bot.commands.base.codec import ArticleRow
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, RichText, bold, plain
from bot.domain.desk.roles import Authority, Right
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import UNRELEASED, PublicationState, Step, possible
from bot.domain.text.text import shorten
from bot.services.operations.follow_ups import follow_withdrawal
from bot.services.publishing import resending
from bot.services.publishing.publications import take_step
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import publications
from bot.store.publications.publications import Fate, Publication

handlers = Handlers()

_SHOWN = 5
_TITLE = 100


class Resending(StrEnum):
    """To whom an article is sent that have not got it: who subscribes now, or to whom it failed."""

    MISSED = "m"
    FAILED = "f"


@dataclass(frozen=True, slots=True)
class ResendPublication(CallbackData):
    verb: ClassVar[Verb] = Verb.RESEND
    article: ArticleRow
    to: Resending
    sure: bool = False


def _is_sure(pressed: TakeStep) -> bool:
    return pressed.sure or pressed.step is not Step.RECALL


@handlers.command(Command.PUBLICATIONS, admins_only(Right.SEE), writes=False, takes=any_words)
async def show_publications(request: Request, words: str) -> Response:
    del words
    return await _list(request, 0)


@handlers.button(ListPublications, admins_only(Right.SEE))
async def press_publications(request: Request, pressed: ListPublications) -> Response:
    return await _list(request, pressed.page)


@handlers.button(ShowPublication, admins_only(Right.SEE))
async def press_publication(request: Request, pressed: ShowPublication) -> Response:
    fate = (await publications.fates(request.tx, [pressed.article]))[pressed.article]
    return await _card(request, request.tx, pressed.article, fate=fate)


@handlers.button(TakeStep, admins_only(Right.PUBLISH), writes=_is_sure)
async def press_step(request: Request, pressed: TakeStep) -> Response:
    """Stop, resume or recall an article; who comes second learns how it stands.

    That it is stopped is said when it is so in every process.
    """
    found = await publications.get(request.tx, pressed.article)
    if found is not None and not await request.may(Right.PUBLISH, *found.concerned_by(pressed.step)):
        return request.refuse(request.text("only-other-topics"))
    if not _is_sure(pressed):
        return await _confirm_recall(request, pressed, found)
    article, step, tx = pressed.article, pressed.step, request.write_tx
    if await take_step(tx, article, step, request.actor, now=request.now) is None:
        return await _card(request, tx, article, toast=request.text("publication-refused"))
    if step is Step.RECALL:
        chat = await request.registered()
        await follow_withdrawal(tx, chat.id, article, now=request.now)
    toast = request.text("publication-toast", step=step)
    if step is Step.STOP:
        return once_in_force(request, await _card(request, tx, article), toast=toast)
    return await _card(request, tx, article, toast=toast)


@handlers.button(ResendPublication, admins_only(Right.PUBLISH), writes=lambda pressed: pressed.sure)
async def press_resend(request: Request, pressed: ResendPublication) -> Response:
    """Send an article to those who have not got it, once that was confirmed; nobody gets it twice."""
    found = await publications.get(request.tx, pressed.article)
    if found is not None and not await request.may(Right.PUBLISH, *found.topics):
        return request.refuse(request.text("only-other-topics"))
    if found is None or not (released := resending.released_in(found)):
        return await _card(request, request.tx, pressed.article, toast=request.text("publication-refused"))
    if not pressed.sure:
        return _confirm_resend(request, pressed, found)
    tx, actor, now = request.write_tx, request.actor, request.now
    if pressed.to is Resending.FAILED:
        owed = await resending.to_failed(tx, found.article, actor, now=now)
        return await _card(request, tx, found.article, toast=request.text("resent-failed", count=owed or 0))
    await resending.to_topics(tx, found.article, released, actor, now=now)
    return await _card(request, tx, found.article, toast=request.text("resent"))


def _confirm_resend(request: Request, pressed: ResendPublication, found: Publication) -> Response:
    question = request.text("resend-confirm", to=pressed.to, title=shorten(found.title, _TITLE))
    sure = replace(pressed, sure=True)
    return request.say(
        plain(question),
        keyboard=(
            (Button(request.text("button-resend-sure"), action=sure.pack()),),
            (Button(request.text("button-cancel"), action=ShowPublication(found.article).pack()),),
        ),
    )


async def _confirm_recall(request: Request, pressed: TakeStep, found: Publication | None) -> Response:
    if found is None or pressed.step not in possible(found.state):
        return await _card(request, request.tx, pressed.article, toast=request.text("publication-refused"))
    fate = (await publications.fates(request.tx, [found.article]))[found.article]
    title = shorten(found.title, _TITLE)
    sure = replace(pressed, sure=True)
    return request.say(
        plain(request.text("publication-recall-confirm", title=title, count=fate.sent.told)),
        keyboard=(
            (Button(request.text("button-recall-sure"), action=sure.pack(), style=ButtonStyle.DANGER),),
            (Button(request.text("button-cancel"), action=ShowPublication(found.article).pack()),),
        ),
    )


async def _list(request: Request, page: int) -> Response:
    found = await publications.newest(request.tx, limit=_SHOWN + 1, offset=page * _SHOWN)
    shown = found[:_SHOWN]
    first = page * _SHOWN + 1
    names = await _topic_names(request, request.tx)
    authority = await request.authority()
    rows = tuple(_row(request, each, number, authority) for number, each in enumerate(shown, first))
    return request.say(
        bold(request.text("publications-title")),
        *(_described(request, each, names, number) for number, each in enumerate(shown, first)),
        plain(request.text("publications-how" if shown else "publications-none")),
        keyboard=(
            *rows,
            *paging(ListPublications, page=page, pages=page + (2 if len(found) > _SHOWN else 1)),
            (Button(request.text("button-refresh"), action=ListPublications(page).pack()),),
        ),
    )


def _steps(publication: Publication, authority: Authority) -> tuple[Step, ...]:
    """Return what somebody with that *authority* can do with a publication as it stands."""
    if not authority.may(Right.PUBLISH):
        return ()
    return tuple(
        step for step in possible(publication.state) if authority.covers(publication.concerned_by(step))
    )


def _row(request: Request, publication: Publication, number: int, authority: Authority) -> tuple[Button, ...]:
    """Return a button that shows the article, and one for what may be urgent about it."""
    opening = Button(
        request.text("button-publication", number=number), action=ShowPublication(publication.article).pack()
    )
    steps = (
        Button(
            request.text("button-step-numbered", step=step, number=number),
            action=TakeStep(publication.article, step).pack(),
        )
        for step in _steps(publication, authority)
        if step is not Step.RECALL
    )
    return (opening, *steps)


async def _card(
    request: Request,
    tx: Transaction,
    article: ArticleId,
    *,
    fate: Fate | None = None,
    toast: str | None = None,
) -> Response:
    """Show an article and what can be done with it.

    Its *fate* is counted by who only looks: whoever stops it must not have to wait for so long.
    """
    found = await publications.get(tx, article)
    if found is None:
        return request.refuse(request.text("article-gone"))
    names = await _topic_names(request, tx)
    return request.say(
        _described(request, found, names),
        *(_what_became(request, fate) if fate else ()),
        keyboard=(
            *(
                (Button(request.text("button-step", step=step), action=TakeStep(article, step).pack()),)
                for step in _steps(found, await request.authority())
            ),
            *_resend_buttons(request, found, await request.authority()),
            *_to_approve(request, found, await request.authority()),
            (Button(request.text("button-refresh"), action=ShowPublication(article).pack()),),
            (Button(request.text("button-publications"), action=ListPublications().pack()),),
        ),
        toast=toast,
    )


def _resend_buttons(request: Request, found: Publication, authority: Authority) -> Keyboard:
    if Step.STOP not in _steps(found, authority):
        return ()
    return tuple(
        (Button(request.text("button-resend", to=to), action=ResendPublication(found.article, to).pack()),)
        for to in Resending
    )


def _to_approve(request: Request, publication: Publication, authority: Authority) -> Keyboard:
    """Return a button for each topic in which somebody with that *authority* decides about what waits, or was
    rejected.
    """
    if not authority.may(Right.PUBLISH):
        return ()
    waiting = [topic for topic, state in publication.states.items() if state in UNRELEASED]
    return tuple(
        (Button(request.text("button-waiting-one"), action=ShowWaiting(publication.article, topic).pack()),)
        for topic in waiting
        if authority.covers([topic])
    )


def _what_became(request: Request, fate: Fate) -> tuple[RichText, ...]:
    sent, pending, ended = fate.sent.told, fate.pending.told, fate.ended.told
    counts = request.text("publication-fate", sent=sent, pending=pending, ended=ended)
    return (
        (plain(counts),),
        (plain(request.text("publication-fanning-out") if fate.is_fanning_out else ""),),
    )


def _topic(request: Request, publication: Publication, topic: TopicId, names: dict[str, str]) -> str:
    """Return the name of a topic, with how the article stands there if that differs from how it stands."""
    name, state = names.get(topic, topic), publication.states[topic]
    if state is publication.state:
        return name
    return f"{name} ({request.text('audit-state', state=state)})"


async def _topic_names(request: Request, tx: Transaction) -> dict[str, str]:
    return {topic.id: topic.name(request.language) for topic in await feeds.topics(tx)}


def _described(
    request: Request, publication: Publication, names: dict[str, str], number: int | None = None
) -> RichText:
    title = shorten(publication.title, _TITLE)
    at = publication.created_at if publication.state is PublicationState.RELEASED else publication.changed_at
    state = request.text("publication-state", state=publication.state, moment=request.moment(at))
    topics = ", ".join(_topic(request, publication, topic, names) for topic in publication.topics)
    return (bold(title if number is None else f"{number}. {title}"), plain(f"\n{topics}\n{state}"))
