"""The card of what waits to be released: as it will look, with how it stands and the ways to decide."""

from dataclasses import replace

from bot.commands.admin.publishing.callbacks import AnswerApproval, ChooseRelease, EditWaiting, EditWish
from bot.domain.chats.message import Button, Keyboard, Message, NewPhoto, italic, length, plain
from bot.domain.publication.approval import Answer
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.standing import ApprovalStanding
from bot.services.publishing.standing_words import Speech, about, how_it_stands, title_of
from bot.services.rendering.card import CardFormat, card, paragraphs
from bot.store.publications.approvals import ApprovalRequest


def waiting_card(
    stands: ApprovalStanding, form: CardFormat, photo: NewPhoto | None, *, decides: bool = True
) -> Message:
    """Return the card of a publication as it will look, with how it stands and the ways to edit it and, for
    whoever *decides*, to decide.
    """
    speech = Speech(form.translator, form.language)
    note = italic(how_it_stands(stands, speech))
    capabilities, room = form.capabilities, length([note]) + len("\n\n")
    roomy = replace(
        capabilities,
        caption_length=capabilities.caption_length - room,
        text_length=capabilities.text_length - room,
    )
    looks = card(stands.stored.article, stands.topic, replace(form, capabilities=roomy), photo=photo)
    buttons = _buttons(stands.request, speech, decides=decides) if stands.request else ()
    return replace(looks, text=paragraphs(looks.text, note), keyboard=(*buttons, *looks.keyboard))


def decided(stands: ApprovalStanding, speech: Speech) -> Message:
    """Return what a question says once it was answered, or is about something that has changed."""
    if stands.state is PublicationState.AWAITING:
        return Message(paragraphs(title_of(stands), plain(speech.text("approval-changed"))))
    return Message(about(stands, speech))


def _buttons(request: ApprovalRequest, speech: Speech, *, decides: bool) -> Keyboard:
    about, waiting = request.publication, request.waiting

    def answering(answer: Answer) -> Button:
        data = AnswerApproval(about.article, answer, waiting.round, about.topic)
        return Button(speech.text("button-answer", answer=answer, state=waiting.state), action=data.pack())

    edit = EditWaiting(about.article, EditWish.SHOW, about.topic)
    editing = Button(speech.text("button-edit"), action=edit.pack())
    if not decides:
        return ((editing,),)
    timing = ChooseRelease(about.article, waiting.round, None, about.topic)
    at = Button(speech.text("button-release-at", state=waiting.state), action=timing.pack())
    if waiting.state is PublicationState.SCHEDULED:
        return (
            (answering(Answer.APPROVE), at),
            (answering(Answer.TAKE_BACK), answering(Answer.REJECT)),
            (editing,),
        )
    return ((answering(Answer.APPROVE), at), (editing, answering(Answer.REJECT)))
