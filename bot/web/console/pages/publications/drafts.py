"""A draft of an announcement: written in a form, with a photo that is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.desk.roles import Right
from bot.domain.news.article import PreparedPhoto
from bot.domain.news.feed import SourceError, Topic
from bot.domain.publication.announcement import (
    DOCUMENTS,
    AtEnd,
    DeskDraft,
    Draft,
    DraftId,
    DraftPart,
)
from bot.domain.publication.approval import LONGEST_AHEAD
from bot.domain.publication.uploads import PHOTO_BYTES, Upload, UploadError, UploadFault
from bot.store.articles import articles, gallery
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import desk_drafts
from bot.web.console.names import topic_names
from bot.web.console.pages.publications.draft_form import DraftForm, local
from bot.web.console.routes import acts, shows
from bot.web.console.visit import Answer, Download, PageView, Redirect, Visit, article_number, gone
from bot.web.uploads import FormFile, UploadLimits

DRAFTS = "/announcements/drafts"

MEGABYTE = 2**20
FILES = UploadLimits(files=11, each=20 * MEGABYTE, together=40 * MEGABYTE)
"""A photo, and as many documents as may ever be allowed; what is allowed now is said in the form."""


@dataclass(frozen=True, slots=True)
class ReceivedFiles:
    """What a form has brought, looked at before anything is kept, and what of it is not taken."""

    photo: PreparedPhoto | None = None
    documents: tuple[Upload, ...] = ()
    faults: tuple[str, ...] = ()
    refused: tuple[UploadError, ...] = ()


async def offered(visit: Visit) -> tuple[Topic, ...]:
    """Return the topics that whoever is signed in may write for."""
    return await feeds.topics(visit.tx, only=visit.seen)


async def find_draft(visit: Visit, number: str) -> DeskDraft:
    """Return a draft that is open to whoever is signed in; raises Refusal."""
    return _open(visit, await desk_drafts.get(visit.tx, _draft_id(number)))


async def find_draft_to_change(visit: Visit) -> DeskDraft:
    """Return the draft that a form names, which nobody else changes meanwhile; raises Refusal."""
    return _open(visit, await desk_drafts.get_to_change(visit.tx, _draft_id(visit.form.value("draft"))))


def _draft_id(number: str) -> DraftId:
    return DraftId(article_number(number))


def _open(visit: Visit, draft: DeskDraft | None) -> DeskDraft:
    """Return *draft*; what is not open to somebody is as good as gone."""
    if draft is None or not draft.is_open_to(visit.session.account, visit.session.user, visit.authority):
        raise gone()
    return draft


async def show(visit: Visit) -> PageView:
    """Show a draft in its form."""
    draft = await find_draft(visit, visit.arguments["draft"])
    return await _page(visit, draft, DraftForm.of_draft(draft.draft))


async def _page(
    visit: Visit,
    draft: DeskDraft,
    form: DraftForm,
    *,
    faults: tuple[str, ...] = (),
    refused: tuple[UploadError, ...] = (),
) -> PageView:
    uploads = visit.console.announcing.uploads
    values = {
        "uploads": uploads.rules,
        "megabytes": uploads.rules.bytes // 1_000_000,
        "takes_documents": bool(uploads.public_url),
        "refused": refused,
        "draft": draft,
        "form": form,
        "faults": faults,
        "offered": {each.id: each.name(visit.language) for each in await offered(visit)},
        "topics": await topic_names(visit),
        "at_ends": list(AtEnd),
        "earliest": local(visit.now),
        "latest": local(visit.now + LONGEST_AHEAD),
        "drafts_path": DRAFTS,
    }
    return PageView("draft.html", values, status=422 if faults or refused else 200)


async def show_photo(visit: Visit) -> Download:
    draft = await find_draft(visit, visit.arguments["draft"])
    photo = await gallery.shown(visit.tx, draft.draft.photo) if draft.draft.photo else None
    if photo is None:
        raise gone()
    return Download(photo, "image/jpeg")


async def receive(visit: Visit) -> ReceivedFiles:
    """Look at what a form brings: what is no photo or no document, or too large, is a fault of the form."""
    photo = next(iter(visit.form.files.get("photo", ())), None)
    prepared: PreparedPhoto | None = None
    faults: tuple[str, ...] = ()
    if photo is not None:
        try:
            prepared = await _prepared(visit, photo)
        except SourceError:
            faults = (DraftPart.PHOTO,)
    documents, refused = _documents(visit)
    return ReceivedFiles(prepared, documents, faults, refused)


async def _prepared(visit: Visit, photo: FormFile) -> PreparedPhoto:
    if len(photo.content) > PHOTO_BYTES:
        raise SourceError("the photo is too large")
    return await visit.console.announcing.prepare(photo.content)


def _documents(visit: Visit) -> tuple[tuple[Upload, ...], tuple[UploadError, ...]]:
    """Return the documents that a form brings, and what of them is not taken."""
    came, desk = visit.form.files.get("files", ()), visit.console.announcing.uploads
    if len(came) > desk.rules.files:
        return (), (UploadError(UploadFault.TOO_MANY, ""),)
    taken: list[Upload] = []
    refused: list[UploadError] = []
    for each in came:
        try:
            taken.append(desk.accept(each.name, each.content))
        except UploadError as error:
            refused.append(error)
    return tuple(taken), tuple(refused)


async def save(visit: Visit) -> Answer:
    """Keep the form as the draft; where something of it is wrong, show it again, and keep nothing.

    Somebody else may have changed the draft since it was shown: then whoever typed decides, with the form
    as they have filled it in.
    """
    received = visit.told
    assert isinstance(received, ReceivedFiles), "the route has asked before"
    draft = await find_draft_to_change(visit)
    form = DraftForm.of_fields(visit.form)
    changed, faults = form.applied(draft.draft, await offered(visit), visit.now)
    found = (*received.faults, *faults)
    if visit.form.value("seen") != draft.draft.mark:
        found = (*found, "changed")
    refused = received.refused
    if len(changed.documents) + len(received.documents) > DOCUMENTS:
        refused = (*refused, UploadError(UploadFault.TOO_MANY_TOGETHER, ""))
    if found or refused:
        return await _page(visit, draft, form, faults=found, refused=refused)
    changed = await _with_photo(visit.tx, changed, received, visit.now, is_kept=_keeps_photo(visit))
    changed = await _with_documents(visit, draft, changed, received.documents)
    await desk_drafts.keep(visit.tx, draft.id, changed, visit.now)
    return Redirect(f"{DRAFTS}/{draft.id}/preview", "saved")


def _keeps_photo(visit: Visit) -> bool:
    return visit.form.value("without_photo") != "yes"


async def _with_photo(
    tx: Transaction, draft: Draft, received: ReceivedFiles, now: datetime, *, is_kept: bool
) -> Draft:
    """Return *draft* with the photo that has come, or without the one that it had, unless that *is_kept*."""
    if received.photo is None:
        return draft if is_kept else replace(draft, photo=None)
    await articles.save_photo(tx, received.photo, now=now)
    return replace(draft, photo=received.photo.key)


async def _with_documents(
    visit: Visit, draft: DeskDraft, changed: Draft, documents: Sequence[Upload]
) -> Draft:
    """Return the draft with the documents that have come behind those that it names."""
    desk, named = visit.console.announcing.uploads, list(changed.documents)
    for each in documents:
        attachment = await desk.keep(visit.tx, each, str(draft.id), visit.actor, now=visit.now)
        if attachment not in named:
            named.append(attachment)
    return replace(changed, documents=tuple(named))


ROUTES = (
    shows(f"{DRAFTS}/{{draft}}", Right.EDIT, show),
    shows(f"{DRAFTS}/{{draft}}/photo", Right.EDIT, show_photo),
    acts("/announcements/save", Right.EDIT, save, ask=receive, files=FILES),
)
