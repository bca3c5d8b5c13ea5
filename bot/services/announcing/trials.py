"""Trials: the card of a draft of the console, marked as a test, in the chat of whoever asked for it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.chats.chat import AccountId, Address, ChatKind, ChatStatus
from bot.domain.chats.message import Message, NewPhoto
from bot.domain.publication.announcement import DraftId
from bot.services.publishing.announcements import content_of
from bot.services.rendering.card import CardFormat, card
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import desk_drafts
from bot.store.runtime import follow_ups
from bot.store.runtime.follow_ups import Begun


async def ask_for_trial(
    tx: Transaction, draft: DraftId, account: AccountId, user: str, *, now: datetime
) -> bool:
    """Have a draft sent to the private chat of *user* alone; False where the bot cannot write to them."""
    theirs = await chats.find(tx, Address(account, user))
    if theirs is None or theirs.kind is not ChatKind.PRIVATE or theirs.status is not ChatStatus.ACTIVE:
        return False
    await follow_ups.follow(tx, theirs.id, Begun.TRIAL, str(draft), mark={}, now=now)
    return True


async def trial_card(tx: Transaction, draft: DraftId, form: CardFormat, now: datetime) -> Message | None:
    """Return the card of a draft as it is now, marked as a test; None where it is gone, or has no topic."""
    found = await desk_drafts.get(tx, draft)
    if found is None or not found.draft.topics:
        return None
    topic = await feeds.topic(tx, found.draft.topics[0])
    if topic is None:
        return None
    content = await content_of(tx, found.draft)
    title = form.translator.text(form.language, "announcement-test", title=content.title)
    photo = NewPhoto(content.photo.key, content.photo.content) if content.photo else None
    return card(replace(content.as_article(now), title=title), topic, form, photo=photo)
