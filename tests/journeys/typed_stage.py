"""The same journeys on a messenger without buttons: what would be tapped is typed as a number."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

from bot.commands.base import callback_data
from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.commands.runtime.text_menu import TextMenuAdapter
from bot.domain.chats.chat import Address, ChatFacts, ChatKind, ChatRole
from bot.domain.chats.message import Button, Message, plain
from bot.domain.messaging.messenger import Messenger
from bot.domain.messaging.typed_menu import as_paragraphs
from bot.i18n import FormOfAddress
from bot.i18n.translator import FIRST_LANGUAGE
from bot.services.text_menus.menus import TextMenus
from bot.services.text_menus.messenger import spelling_out
from bot.store.engine.database import Database
from tests.commands.stage import Stage, texts
from tests.emulated import ACCOUNT, jpeg
from tests.fakes import FakeClock
from tests.journeys.stage import OWNERS, furnish, languages
from tests.journeys.steps import File, HandsIn, Journey, Place, Says, Seen, Step, Taps, Who, is_said
from tests.plain_messenger import PlainMessenger, heard

_WITHOUT_LINKS = {"read-in-private": "ask-in-private", "photos-in-private": "ask-in-private"}
"""What is said instead where no link leads to the private chat."""

PHOTO = "https://photo.example/anh.jpg"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class TypedTheatre:
    """A bot on a messenger that has only text."""

    database: Database
    clock: FakeClock
    messenger: PlainMessenger
    outlet: Messenger
    inbox: UpdateDispatcher
    menus: TextMenus

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["TypedTheatre"]:
        await furnish(url)
        database = await Database.open(url)
        clock, messenger, translator = FakeClock(), PlainMessenger(ACCOUNT), texts(FormOfAddress.YOU)
        owners = frozenset(map(str, OWNERS.values()))
        stage = Stage(database, clock=clock, messenger=messenger, owners=owners)
        stage.pictures[PHOTO] = jpeg()
        outlet = spelling_out(messenger, database, clock, translator)
        speaker = TextMenuAdapter(stage.conversation)
        inbox = UpdateDispatcher(speaker, reply=outlet.send)
        try:
            yield cls(database, clock, messenger, outlet, inbox, speaker.menus)
        finally:
            await database.close()

    async def play(self, journey: Journey, place: Place, language: str) -> None:
        number = next(_numbers)
        user = str(OWNERS[language] if journey.who is Who.OWNER else 20_000 + number)
        person = TypedPerson(self, user, language)
        if place is Place.GROUP:
            person = TypedPerson(self, str(-4_000_000 - number), language, user)
            self.messenger.roles[person.chat, user] = ChatRole.ADMINISTRATOR
        if language != FIRST_LANGUAGE:
            await person.types(f"/language {language}")
        props = self._props() | languages(language)
        for step in journey.steps:
            await person.takes(step, props)

    def _props(self) -> dict[str, str]:
        number = next(_numbers)
        name, chat = f"kenh_tin_{number}", str(-3_000_000 - number)
        facts = ChatFacts(Address(ACCOUNT, chat), ChatKind.CHANNEL, name, name, missing=frozenset())
        self.messenger.known |= {f"@{name}": facts, chat: facts}
        return {"channel": name, "other": str(60_000 + number)}


def to_be_typed(answer: Sequence[Message]) -> list[str]:
    """Return what an *answer* offers to type: the numbers of its lists, and the words at its very end."""
    said = ["".join(span.text for span in message.text) for message in answer]
    numbers = [found for text in said for found in re.findall(r"^\d+(?=\. )", text, re.MULTILINE)]
    last = as_paragraphs(answer[-1].text)[-1] if answer else ()
    return numbers + [span.text for line in last for span in line if span.code]


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """Somebody who can only type, in a private chat, or in a group as *user*."""

    theatre: TypedTheatre
    chat: str
    language: str
    user: str = ""

    async def takes(self, step: Step, props: dict[str, str]) -> None:
        match step:
            case Says():
                said = await self.types(step.typed(self.language).format(**props))
            case HandsIn():
                assert step.file is File.PHOTO, "as on Zalo, no document arrives"
                said = await self.types("", photo=PHOTO)
            case Taps():
                said = await self.types(str(await self.number_of(step, props)))
        wanted = step.sees
        keys = (
            *(_WITHOUT_LINKS.get(key, key) for key in wanted.texts),
            *([wanted.toast] if wanted.toast else []),
        )
        missing = [key for key in keys if not is_said(key, self.language, said)]
        missing += [words for words in wanted.words if words not in said]
        assert (missing, said != "") == ([], True), f"{step} brought {said!r}"
        self._keep(wanted, said, props)

    async def types(self, text: str, *, photo: str = "") -> str:
        """Type *text*, or send the *photo* of an address; return what comes here, which ends with what can be
        typed next.
        """
        messenger, before = self.theatre.messenger, len(self.theatre.messenger.sent)
        messenger.says(self.chat, text, language=self.language, user=self.user, photo=photo)
        await self.theatre.inbox.receive()
        await self.theatre.inbox.drain()
        answer = [message for to, message in messenger.sent[before:] if to.chat == self.chat]
        offered = to_be_typed(answer)
        assert len(offered) >= 2, f"{text!r} brought {answer!r}, where only {offered} can be typed"
        return heard(messenger.sent[before:], self.chat)

    async def number_of(self, step: Taps, props: dict[str, str]) -> int:
        """Return the number that stands, in what was said here, for what would be tapped."""
        if step.forced:
            button = Button("?", action=f"1{step.verb}.{step.rest}")
            notice = Message((plain("?"),), keyboard=((button,),))
            await self.theatre.outlet.send(Address(ACCOUNT, self.chat), notice)
        async with self.theatre.database.read() as tx:
            entries = await self.theatre.menus.meaning(tx, Address(ACCOUNT, self.chat))
        rest = step.rest if step.forced else step.arguments(props)
        fitting_ones = [
            number
            for number, each in entries.items()
            if (found := callback_data.read(each)) and found.verb is step.verb and re.match(rest, found.rest)
        ]
        assert fitting_ones, f"no number for {step} among {entries}"
        said = heard(self.theatre.messenger.sent, self.chat)
        assert re.search(rf"^{fitting_ones[0]}\. ", said, re.MULTILINE), f"{fitting_ones[0]} is nowhere shown"
        return fitting_ones[0]

    def _keep(self, wanted: Seen, said: str, props: dict[str, str]) -> None:
        for name, pattern in wanted.kept:
            found = re.search(pattern, said)
            assert found, f"{said!r} has nothing like {pattern}"
            props[name] = found[1]
