"""The card of what waits to be released: as it will look, with how it stands and the ways to decide."""

from dataclasses import replace

from bot.commands.admin.publishing.callbacks import AnswerApproval, ChooseRelease
from bot.domain.chats.message import Button, Keyboard, Message, NewPhoto, italic, length, plain
from bot.domain.publication.approval import Answer
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.standing import ApprovalStanding
from bot.services.publishing.standing_words import Speech, about, how_it_stands, title_of
from bot.services.rendering.card import CardFormat, card, paragraphs
from bot.store.publications.approvals import ApprovalRequest


def waiting_card(stands: ApprovalStanding, form: CardFormat, photo: NewPhoto | None) -> Message:
    """Return the card of a publication as it will look, with how it stands and the ways to decide."""
    speech = Speech(form.translator, form.language)
    note = italic(how_it_stands(stands, speech))
    capabilities, room = form.capabilities, length([note]) + len("\n\n")
    roomy = replace(
        capabilities,
        caption_length=capabilities.caption_length - room,
        text_length=capabilities.text_length - room,
    )
    looks = card(stands.stored.article, stands.topic, replace(form, capabilities=roomy), photo=photo)
    buttons = _buttons(stands.request, speech) if stands.request else ()
    return replace(looks, text=paragraphs(looks.text, note), keyboard=(*buttons, *looks.keyboard))


def decided(stands: ApprovalStanding, speech: Speech) -> Message:
    """Return what a question says once it was answered, or is about something that has changed."""
    if stands.state is PublicationState.AWAITING:
        return Message(paragraphs(title_of(stands), plain(speech.text("approval-changed"))))
    return Message(about(stands, speech))


def _buttons(request: ApprovalRequest, speech: Speech) -> Keyboard:
    about, waiting = request.publication, request.waiting

    def answering(answer: Answer) -> Button:
        data = AnswerApproval(about.article, answer, waiting.round, about.topic)
        return Button(speech.text("button-answer", answer=answer, state=waiting.state), action=data.pack())

    timing = ChooseRelease(about.article, waiting.round, None, about.topic)
    at = Button(speech.text("button-release-at", state=waiting.state), action=timing.pack())
    if waiting.state is PublicationState.SCHEDULED:
        return (
            (answering(Answer.APPROVE), at),
            (answering(Answer.TAKE_BACK), answering(Answer.REJECT)),
        )
    return ((answering(Answer.APPROVE), at), (answering(Answer.REJECT),))
