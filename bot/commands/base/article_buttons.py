"""The buttons of one article: in a private chat they act there, elsewhere they lead to the private one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.commands.base.callbacks import (
    FollowArticle,
    FollowPage,
    Listen,
    ReadArticle,
    SaveArticle,
    SeePhotos,
    ShowArticle,
    SwitchTopic,
    View,
)
from bot.domain.chats.chat import TopicId
from bot.domain.chats.following import is_last
from bot.domain.chats.message import Button, ButtonStyle, Message, NewPhoto, plain
from bot.domain.messaging.messenger import Messenger
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.i18n import Translator
from bot.services.rendering.card import CardFormat, card, ended_card, ended_title
from bot.services.rendering.card_cache import Compose
from bot.services.rendering.page import page_message
from bot.store.articles.articles import StoredArticle

_PAYLOAD = re.compile(r"(doc|anh)_([0-9]{1,18})")
"""No id of a topic, which a payload may also be, has an underscore."""


class Part(StrEnum):
    """What of an article a link leads to, in the words of its payload."""

    TEXT = "doc"
    PHOTOS = "anh"


@dataclass(frozen=True, slots=True)
class ArticleButtons:
    """Makes the buttons; *link* gives the address of a private chat with us, by what is said there first.

    *listens*: articles can be had as voice messages.
    """

    translator: Translator
    link: Callable[[str], str | None]
    listens: bool = False

    def in_private(self, stored: StoredArticle, language: str, *, saved: bool) -> tuple[Button, ...]:
        """Return the buttons for somebody who has *saved* the article, or has not."""
        buttons = []
        if stored.article.body:
            read = ReadArticle(stored.id, 0, str(stored.revision)).pack()
            buttons.append(Button(self._reading(language), action=read))
            if self.listens:
                buttons.append(self.listen(stored.id, language))
        if _has_album(stored):
            buttons.append(Button(self._seeing(stored, language), action=SeePhotos(stored.id, 0).pack()))
        return (*buttons, self.save(stored.id, language, saved=saved))

    def listen(self, article: ArticleId, language: str) -> Button:
        label = self.translator.text(language, "button-listen")
        return Button(label, action=Listen(article).pack())

    def save(self, article: ArticleId, language: str, *, saved: bool) -> Button:
        """Return the button by which somebody who has *saved* an article, or has not, wishes the other."""
        label = self.translator.text(language, "button-unsave" if saved else "button-save")
        return Button(label, action=SaveArticle(article, on=not saved).pack())

    def follow(self, article: ArticleId, language: str) -> Button:
        """Return the button by which somebody follows the page of *article*."""
        label = self.translator.text(language, "button-follow-article")
        return Button(label, action=FollowArticle(article).pack())

    def of_notice(self, stored: StoredArticle, topic: Topic, language: str) -> tuple[Button, ...]:
        """Return the buttons of a notice: what *topic* offers instead of itself, or those of a followed page,
        which may be followed on after its last one.
        """
        if stored.followed is None:
            instead = topic.offered_instead
            return (self.subscribe(instead, language),) if instead else ()
        is_over = is_last(stored.key)
        label = self.translator.text(language, "button-follow-on" if is_over else "button-unfollow")
        open_label = self.translator.text(language, "card-open")
        return (
            Button(open_label, url=stored.article.url),
            Button(label, action=FollowPage(stored.followed, on=is_over).pack()),
        )

    def subscribe(self, topic: TopicId, language: str) -> Button:
        """Return the button by which a chat subscribes to another topic, which its message names."""
        action = SwitchTopic(View.SUBSCRIBE, on=True, topic=topic).pack()
        return Button(
            self.translator.text(language, "button-subscribe-instead"),
            action=action,
            style=ButtonStyle.SUCCESS,
        )

    def elsewhere(self, stored: StoredArticle, language: str) -> tuple[Button, ...]:
        read = self.read_elsewhere(stored, language) if stored.article.body else ()
        return (*read, *(self.photos_elsewhere(stored, language) if _has_album(stored) else ()))

    def read_elsewhere(self, stored: StoredArticle, language: str) -> tuple[Button, ...]:
        address = self.link(f"{Part.TEXT}_{stored.id}")
        return (Button(self._reading(language), url=address),) if address else ()

    def photos_elsewhere(self, stored: StoredArticle, language: str) -> tuple[Button, ...]:
        address = self.link(f"{Part.PHOTOS}_{stored.id}")
        return (Button(self._seeing(stored, language), url=address),) if address else ()

    def opening(self, label: str, stored: StoredArticle, *, private: bool) -> Button | None:
        """Return the button called *label* that shows the article in a private chat."""
        if private:
            return Button(label, action=ShowArticle(stored.id).pack())
        address = self.link(f"{Part.TEXT}_{stored.id}") if stored.article.body else None
        return Button(label, url=address) if address else None

    def _reading(self, language: str) -> str:
        return self.translator.text(language, "button-read")

    def _seeing(self, stored: StoredArticle, language: str) -> str:
        return self.translator.text(language, "button-photos", count=len(stored.article.photos))


def _has_album(stored: StoredArticle) -> bool:
    """Say whether there is more to see than the lead photo, which the card shows."""
    return len(stored.article.photos) > 1


def composer(translator: Translator, messenger: Messenger, *, listens: bool = False) -> Compose:
    """Return what makes the cards of deliveries; *listens*: articles can be had as voice messages."""
    listens = listens and messenger.capabilities.voices is not None
    buttons = ArticleButtons(translator, messenger.link_to_us, listens=listens)

    def compose(
        stored: StoredArticle,
        topic: Topic,
        language: str,
        photo: NewPhoto | None,
        *,
        private: bool,
        brief: bool,
    ) -> Message:
        if stored.is_notice:
            offered = buttons.of_notice(stored, topic, language)
            return Message((plain(stored.article.title),), keyboard=(offered,) if offered else ())
        article = stored.article
        if limits := messenger.capabilities.pages:
            if stored.ended:
                article = replace(article, title=ended_title(article, translator, language))
            return page_message(article, topic, limits, translator=translator, language=language, photo=photo)
        form = CardFormat(translator, language, messenger.capabilities, stored.correction)
        if stored.ended:
            return ended_card(article, topic, form, photo=photo)
        own = buttons.in_private(stored, language, saved=False) if private else None
        return card(
            article,
            topic,
            form,
            photo=photo,
            buttons=buttons.elsewhere(stored, language) if own is None else own,
            brief=brief,
        )

    return compose


def read_payload(payload: str) -> tuple[Part, ArticleId] | None:
    """Return what of which article the *payload* of a link asks for, if it is of that kind."""
    found = _PAYLOAD.fullmatch(payload)
    return (Part(found[1]), ArticleId(int(found[2]))) if found else None
