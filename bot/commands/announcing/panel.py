"""What is shown of an announcement while it is being written: its panel, and its card as it will be."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.announcing.callbacks import (
    ChangeDraft,
    DraftField,
    ReleaseDraft,
    ReleaseStep,
    WriteAnnouncement,
)
from bot.commands.base.context import Request, Response
from bot.commands.base.keyboards import CHOSEN, NOT_CHOSEN
from bot.domain.chats.message import Button, Keyboard, Message, NewPhoto, bold, plain
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import AtEnd, Draft, DraftPart
from bot.domain.publication.content import Content
from bot.domain.text.text import shorten
from bot.services.rendering.card import CardFormat, card

DAYS = (1, 3, 7, 30)
"""For how many days an announcement may be chosen to last; any date may be typed."""

_TEXT = 700


def panel(
    request: Request, draft: Draft, offered: Sequence[Topic], *, said: str = "", toast: str | None = None
) -> Response:
    """Show *draft*, with what can be changed about it; *offered* are the topics that it may go to."""
    return request.say(
        plain(said),
        bold(request.text("announcement-title")),
        (bold(draft.title), plain("".join(f"\n{line}" for line in _text(draft)))),
        plain(_facts(request, draft, offered)),
        keyboard=(
            (_asking(request, DraftPart.TEXT), _asking(request, DraftPart.PHOTO)),
            (_asking(request, DraftPart.DOCUMENTS), _asking(request, DraftPart.PAGE)),
            (_asking(request, DraftPart.RELEASE), _asking(request, DraftPart.END)),
            (_urgent(request, draft),),
            *((_topic(request, draft, each),) for each in offered),
            (_step(request, ReleaseStep.PREVIEW),),
            (_step(request, ReleaseStep.DROP),),
        ),
        toast=toast,
    )


def _text(draft: Draft) -> list[str]:
    return shorten("\n".join(draft.text), _TEXT).splitlines() if draft.text else []


def _facts(request: Request, draft: Draft, offered: Sequence[Topic]) -> str:
    names = {topic.id: topic.name(request.language) for topic in offered}
    chosen = ", ".join(names.get(each, each) for each in draft.topics)
    ends = request.moment(draft.ends_at) if draft.ends_at else ""
    begins = request.moment(draft.release_at) if draft.release_at else ""
    lines = [
        request.text("announcement-topics", topics=chosen)
        if chosen
        else request.text("announcement-nowhere"),
        request.text("announcement-photo") if draft.photo else "",
        "\n".join(f"📎 {each.name}: {each.url}" for each in draft.documents),
        request.text("announcement-page", address=draft.page) if draft.page else "",
        request.text("announcement-urgent") if draft.urgent else "",
        request.text("announcement-release-at", moment=begins) if begins else "",
        request.text("announcement-ends", moment=ends, how=draft.at_end) if ends else "",
    ]
    return "\n".join(filter(None, lines))


def ending_choices(request: Request, draft: Draft) -> Keyboard:
    """Return the buttons that say when an announcement is over, and what becomes of it then."""
    days = tuple(
        Button(
            request.text("button-announcement-days", count=each),
            action=ChangeDraft(DraftField.LASTS, str(each)).pack(),
        )
        for each in DAYS
    )
    hows = tuple(
        Button(
            f"{CHOSEN if how is draft.at_end else NOT_CHOSEN} {request.text('button-at-end', how=how)}",
            action=ChangeDraft(DraftField.AT_END, how).pack(),
        )
        for how in AtEnd
    )
    return (days[:2], days[2:], *((each,) for each in hows))


def part_buttons(request: Request, draft: Draft, part: DraftPart) -> Keyboard:
    """Return what stands below the question for a *part*: to go without it, and the way back."""
    has = {
        DraftPart.PHOTO: draft.photo,
        DraftPart.DOCUMENTS: draft.documents,
        DraftPart.PAGE: draft.page,
        DraftPart.RELEASE: draft.release_at,
        DraftPart.END: draft.ends_at,
    }
    without = Button(
        request.text("button-announcement-without", part=part),
        action=ChangeDraft(DraftField.WITHOUT, part).pack(),
    )
    choices = ending_choices(request, draft) if part is DraftPart.END else ()
    return (*choices, *(((without,),) if has.get(part) else ()), (back(request),))


def preview(request: Request, content: Content, topic: Topic, *, title: str | None = None) -> Message:
    """Return the card of *content* as it will look here, under another *title* if it is a mere test."""
    article = content.as_article(request.now)
    form = CardFormat(request.context.translator, request.language, request.context.messenger.capabilities)
    photo = NewPhoto(content.photo.key, content.photo.content) if content.photo else None
    return card(replace(article, title=title or article.title), topic, form, photo=photo)


def release_buttons(request: Request, draft: Draft) -> Keyboard:
    return (
        (_step(request, ReleaseStep.RELEASE, draft.mark),),
        (_step(request, ReleaseStep.TEST),),
        (back(request), _step(request, ReleaseStep.DROP)),
    )


def back(request: Request) -> Button:
    return Button(request.text("button-announcement-back"), action=WriteAnnouncement().pack())


def _asking(request: Request, part: DraftPart) -> Button:
    label = request.text("button-announcement-part", part=part)
    return Button(label, action=WriteAnnouncement(part).pack())


def _urgent(request: Request, draft: Draft) -> Button:
    mark = CHOSEN if draft.urgent else NOT_CHOSEN
    value = "0" if draft.urgent else "1"
    label = f"{mark} {request.text('button-announcement-urgent')}"
    return Button(label, action=ChangeDraft(DraftField.URGENT, value).pack())


def _topic(request: Request, draft: Draft, topic: Topic) -> Button:
    is_chosen = topic.id in draft.topics
    field = DraftField.TOPIC_OFF if is_chosen else DraftField.TOPIC_ON
    label = f"{CHOSEN if is_chosen else NOT_CHOSEN} {topic.name(request.language)}"
    return Button(label, action=ChangeDraft(field, topic.id).pack())


def _step(request: Request, step: ReleaseStep, seen: str = "") -> Button:
    return Button(request.text("button-announcement-step", step=step), action=ReleaseDraft(step, seen).pack())
