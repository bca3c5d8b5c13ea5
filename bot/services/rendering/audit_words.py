"""Lines of the audit log as people read them: who did what, and what that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.desk.audit import (
    EVERY,
    Actor,
    AuditAction,
    AuditRecord,
    Plain,
    Subject,
    SubjectKind,
    Values,
    address_of,
    of_admin,
)
from bot.domain.desk.roles import in_order, roles_in
from bot.domain.news.feed import FeedId
from bot.domain.text.text import shorten
from bot.i18n import Translator
from bot.i18n.moments import moment
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.runtime import admins

_NAME = 60
_VALUE = 40


@dataclass(frozen=True, slots=True)
class AuditWords:
    """The words of one language, and the *names* of what some lines are about."""

    translator: Translator
    language: str
    names: Mapping[Subject, str]

    @classmethod
    async def about(
        cls, tx: Transaction, lines: Sequence[AuditRecord], translator: Translator, language: str
    ) -> "AuditWords":
        """Return the words for *lines*, with what those are called now that they name."""
        subjects = {line.act.about for line in lines}
        found = await feeds.defined(
            tx, [FeedId(each.id) for each in subjects if each.kind is SubjectKind.FEED]
        )
        topics = await feeds.topics(tx)
        names = {Subject(SubjectKind.FEED, feed.id): feed.name for feed in found.values()}
        names |= {Subject(SubjectKind.TOPIC, topic.id): topic.name(language) for topic in topics}
        names |= await _admins(tx)
        for each in subjects:
            if each.kind is SubjectKind.CHANNEL and (address := address_of(each)):
                chat = await chats.find(tx, address)
                names[each] = (chat.title if chat else "") or ""
        return cls(translator, language, names)

    def who(self, actor: Actor) -> str:
        user = self._name(of_admin(actor.account, actor.user)) if actor.account else actor.user
        return self.text("audit-who", place=actor.place, user=shorten(user, _NAME))

    def what(self, line: AuditRecord) -> str:
        return self.text("audit-what", action=line.act.action, about=shorten(self._about(line), _NAME))

    def kind(self, action: AuditAction) -> str:
        """Return what *action* is called, whatever it is about."""
        return self.text("audit-what", action=action, about="…")

    def changes(self, line: AuditRecord) -> list[str]:
        """Return what an act changed, a line each."""
        before, after = line.act.before or {}, line.act.after or {}
        named = [name for name in dict.fromkeys((*before, *after)) if name != "title"]
        return [self._change(name, before, after) for name in named if not _is_as_before(name, before, after)]

    def _about(self, line: AuditRecord) -> str:
        """Return what people call the subject of a line; an article is called by the title that it had."""
        about = line.act.about
        if about.id == EVERY:
            return self.text("audit-every", kind=about.kind)
        title = {**(line.act.after or {}), **(line.act.before or {})}.get("title")
        return str(title) if title else self._name(about)

    def _name(self, about: Subject) -> str:
        """Return the name of *about*; what is not there any more is called by its id alone."""
        return self.names.get(about) or about.id.rpartition("/")[2]

    def _change(self, name: str, before: Values, after: Values) -> str:
        field = self._field(name)
        if name in before and name in after:
            old, new = self._value(name, before[name]), self._value(name, after[name])
            return self.text("audit-change", name=field, before=old, after=new)
        return self.text("audit-value", name=field, value=self._value(name, {**before, **after}[name]))

    def _field(self, name: str) -> str:
        """Return what people call a field; that of a topic has the topic behind it."""
        field, _, topic = name.partition(" ")
        said = self.text("audit-field", field=field.replace("_", "-"))
        return f"{said} ({topic})" if topic else said

    def _value(self, name: str, value: Plain) -> str:
        """Return *value* in words; one that has none of its own stands as it is."""
        match value:
            case None:
                word = "none"
            case bool():
                word = "yes" if value else "no"
            case _:
                word = str(value)
        if name == "roles":
            roles = in_order(roles_in(word.split(", ")))
            return ", ".join(self.text("role-name", role=role) for role in roles)
        if name == "state":
            return self.text("audit-state", state=word)
        if name in ("topic", "topics") and value is not None:
            return ", ".join(self._name(Subject(SubjectKind.TOPIC, topic)) for topic in word.split(", "))
        if name == "release_at" and value is not None:
            return moment(self.translator, self.language, datetime.fromisoformat(word))
        if name == "reason":
            return word
        return self.text("audit-word", word=word, value=shorten(str(value), _VALUE))

    def text(self, key: str, /, **args: str | int) -> str:
        return self.translator.text(self.language, key, **args)


def _is_as_before(name: str, before: Values, after: Values) -> bool:
    return name in before and name in after and before[name] == after[name]


async def _admins(tx: Transaction) -> dict[Subject, str]:
    return {
        of_admin(account, user): f"{name} ({user})"
        for (account, user), name in (await admins.names(tx)).items()
    }
