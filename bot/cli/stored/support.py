"""`bantin support`: what one chat subscribes to and got last, and ending it there at its wish.

Each look leaves a line in the audit log, so that the database is changed even where nothing is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.chat_id import chat_id
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import Row, columns, echo, print_json
from bot.cli.base.storage import changing
from bot.domain.chats.chat import Chat, TopicId
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.services.subscribers import support as service
from bot.services.subscribers.support import SupportCase
from bot.settings.keys import proof_key
from bot.settings.settings import Settings
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.runtime import accounts

_EVERY_TOPIC = "all"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the person has asked for beside a look; without a *topic* all subscriptions end."""

    unsubscribes: bool = False
    topic: TopicId | None = None
    deletes: bool = False


def support(
    chat: Annotated[str, typer.Argument(help="The id that the person was told by /dulieu.", metavar="CHAT")],
    *,
    unsubscribe: Annotated[
        str | None,
        typer.Option(
            help="End its subscription to a topic, or to all of them, at its wish.", metavar="TOPIC|all"
        ),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete everything about it, at its wish; as /xoadulieu does.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    if unsubscribe and delete:
        raise typer.BadParameter("say --unsubscribe or --delete")
    named = chat_id(chat)
    if delete and not yes and not typer.confirm(f"delete everything about {named}, for good?", err=True):
        raise typer.Exit(1)
    settings = settings_of(config)
    topic = None if unsubscribe in (None, _EVERY_TOPIC) else TopicId(unsubscribe)
    wish = _Wish(unsubscribe is not None, topic, delete)
    cases = run_to_end(_help(settings, named, wish))
    if as_json:
        print_json([_plain(case) for case in cases])
    else:
        echo("\n\n".join(_text(case, settings) for case in cases) or f"everything about {named} is deleted")


async def _help(settings: Settings, chat: str, wish: _Wish) -> list[SupportCase]:
    """Do what is wished for, and return what is stored afterwards."""
    now = SystemClock().now()
    async with changing(settings) as database:
        async with database.write() as tx:
            found = await _called(tx, chat)
            if not found:
                await service.record_look(tx, actor(), now=now)
        if not found:
            raise ExplainedError(f"nothing is stored about {chat}")
        async with database.write() as tx:
            if wish.deletes:
                await _delete(tx, settings, found)
            elif wish.unsubscribes:
                for each in found:
                    await service.unsubscribe(tx, each, wish.topic, actor(), now=now)
            left = await _called(tx, chat)
            cases = [await service.look_up(tx, each, actor(), now=now) for each in left]
        if wish.deletes:
            await database.leave_no_traces()
    return cases


async def _called(tx: Transaction, chat: str) -> list[Chat]:
    """Return the chat of this id, on whatever account; of a forum, each topic that is served."""
    return [each for account in await accounts.ids(tx) for each in await chats.called(tx, account, chat)]


async def _delete(tx: Transaction, settings: Settings, found: Sequence[Chat]) -> None:
    now, key = SystemClock().now(), proof_key(settings)
    # All topics of a forum are deleted with the first one.
    for first in {each.address.account: each for each in reversed(found)}.values():
        owners = settings.owners_of(first.address.account)
        if not await service.erase(tx, first, actor(), owners=owners, key=key, now=now):
            raise ExplainedError("this person manages the bot: dismiss them first, or they send /xoadulieu")


def _plain(case: SupportCase) -> Row:
    chat, about = case.chat, case.about
    return {
        "account": chat.address.account,
        "chat": chat.address.chat,
        "thread": chat.address.thread,
        "kind": chat.kind.value,
        "status": chat.status.value,
        "language": chat.language,
        "since": about.since,
        "consent": chat.consent_at,
        "subscriptions": _subscriptions(case),
        "quiet": str(about.preferences.quiet or "") if about.preferences else None,
        "deliveries": _deliveries(case),
    }


def _text(case: SupportCase, settings: Settings) -> str:
    """Return a chat with what it subscribes to and got, as tables."""
    zone = zone_of(settings.subscribers.time_zone)
    head = {key: value for key, value in _plain(case).items() if key not in ("subscriptions", "deliveries")}
    return "\n\n".join(columns(rows, zone) for rows in ([head], _subscriptions(case), _deliveries(case)))


def _subscriptions(case: SupportCase) -> list[Row]:
    chosen = case.about.choices
    return [
        {
            "topic": topic.id,
            "since": since,
            "timing": str(chosen[topic.id].schedule.timing) if topic.id in chosen else None,
            "filter": found.shown if topic.id in chosen and (found := chosen[topic.id].filter) else None,
        }
        for topic, since in case.about.subscriptions
    ]


def _deliveries(case: SupportCase) -> list[Row]:
    return [
        {
            "at": each.at,
            "status": each.status.value,
            "reason": str(each.reason) or None,
            "topic": each.topic,
            "title": each.title,
        }
        for each in case.deliveries
    ]
