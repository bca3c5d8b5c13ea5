"""The menus of those who manage the bot: shown to whoever does, and taken from whoever no longer does."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.chats.chat import Address, Chat, ChatStatus
from bot.domain.clock import Clock
from bot.domain.desk.roles import Authority, Right
from bot.domain.messaging.messenger import CommandMenu, MessengerError
from bot.services.operations.managed_account import ManagedAccount
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.runtime import admins, manager_menus

ASK_AGAIN_AFTER = 600.0
"""Seconds for which somebody is left alone whose menu the messenger did not take."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MenuTexts:
    """The menus of a person who has some rights, and what takes them away."""

    shown_to: Callable[[str, frozenset[Right]], Sequence[CommandMenu]]
    taken_from: Callable[[str], Sequence[CommandMenu]]


class ManagerMenus:
    """Looks after the menus of one account, while the account is ours."""

    def __init__(self, database: Database, clock: Clock, texts: MenuTexts, account: ManagedAccount) -> None:
        self._database = database
        self._clock = clock
        self._texts = texts
        self._account = account
        self._seen: dict[str, str] = {}
        self._refused: dict[str, float] = {}

    async def look(self) -> None:
        """Show what is to be shown, and take away what is not, one person after the other."""
        if not self._account.health().ours:
            return
        async with self._database.read() as tx:
            # Who had everything deleted has lost the row, and still has the menu.
            shown = {**self._seen, **await manager_menus.shown(tx, self._account.id)}
            managers = await self._managers(tx)
        for user, (chat, authority) in managers.items():
            menus = self._texts.shown_to(user, authority.rights)
            fingerprint = _fingerprint(menus)
            if shown.get(user) != fingerprint and await self._register(user, menus):
                self._seen[user] = fingerprint
                async with self._database.write() as tx:
                    await manager_menus.note(tx, chat.id, fingerprint)
        for user in shown.keys() - managers.keys():
            if await self._register(user, self._texts.taken_from(user)):
                self._seen.pop(user, None)
                async with self._database.write() as tx:
                    await manager_menus.forget(tx, self._account.id, user)

    async def _managers(self, tx: Transaction) -> Mapping[str, tuple[Chat, Authority]]:
        """Return those who manage the bot and can be written to, by their ids, with what they are."""
        authoritys = {admin.user: admin.authority for admin in await admins.appointed(tx, self._account.id)}
        authoritys |= {owner: Authority(is_owner=True) for owner in self._account.owners}
        found = {user: await chats.find(tx, Address(self._account.id, user)) for user in sorted(authoritys)}
        return {
            user: (chat, authoritys[user])
            for user, chat in found.items()
            if chat and chat.status is not ChatStatus.OFF
        }

    async def _register(self, user: str, menus: Sequence[CommandMenu]) -> bool:
        """Return whether the messenger took the menus of *user*; if not, it is asked again later."""
        now = self._clock.monotonic()
        if self._refused.get(user, now) > now:
            return False
        try:
            await self._account.messenger.register_commands(menus)
        except MessengerError as error:
            log.warning("the menu of a manager could not be changed", error=str(error))
            self._refused[user] = now + (error.retry_after or ASK_AGAIN_AFTER)
            return False
        self._refused.pop(user, None)
        return True


def _fingerprint(menus: Sequence[CommandMenu]) -> str:
    return hashlib.sha256(repr(menus).encode()).hexdigest()[:16]
