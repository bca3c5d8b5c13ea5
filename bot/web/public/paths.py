"""The addresses of the public page, without its host: what they are made of, and how they are read again.

That of an article ends in the beginning of its key, which is made of the address of its page: it stays as it
is when the title changes, and tells nothing of how many articles there are.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.domain.chats.chat import TopicId
from bot.domain.text.text import fold
from bot.i18n.translator import FIRST_LANGUAGE

ROOT = "/tin"

ARTICLE = "/bai/{name}"
PRINTED = "/bai/{name}/in"
TOPIC = "/chuyen-muc/{topic}"
SEARCH = "/tim"
SUBSCRIBE = "/dang-ky"
POSTER = "/dang-ky/{topic}/{platform}"

PAGE = "trang"
WORDS = "q"

_CODE = 16
"""Figures of the key, in hex: no two of a hundred million articles have the same."""
_LONGEST_SLUG = 80
_NAME = re.compile(rf"(?:[a-z0-9-]*-)?([0-9a-f]{{{_CODE}}})", re.ASCII)
_OTHERS = re.compile(r"[^a-z0-9]+")


def article_name(key: str, title: str) -> str:
    """Return what an article is called in its address: words of its title, and the beginning of its key."""
    slug = _OTHERS.sub("-", fold(title)).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: slug.rfind("-", 0, _LONGEST_SLUG) if "-" in slug[:_LONGEST_SLUG] else _LONGEST_SLUG]
    code = key[:_CODE]
    return f"{slug}-{code}" if slug else code


def code_in(name: str) -> str | None:
    """Return the beginning of the key of the article that is called *name*; None where it is no such name."""
    found = _NAME.fullmatch(name)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Paths:
    """The addresses of the pages in one language."""

    language: str

    @property
    def home(self) -> str:
        return ROOT if self.language == FIRST_LANGUAGE else f"{ROOT}/{self.language}"

    def topic(self, topic: TopicId, page: int = 1) -> str:
        path = self.home + TOPIC.format(topic=quote(topic, safe=""))
        return path if page == 1 else f"{path}?{PAGE}={page}"

    def article(self, name: str) -> str:
        return self.home + ARTICLE.format(name=name)

    def printed(self, name: str) -> str:
        return self.home + PRINTED.format(name=name)

    @property
    def search(self) -> str:
        return self.home + SEARCH

    def found(self, words: str, page: int) -> str:
        return f"{self.search}?{urlencode({WORDS: words, PAGE: page})}"

    @property
    def subscribe(self) -> str:
        return self.home + SUBSCRIBE

    def poster(self, topic: TopicId, platform: str) -> str:
        return self.home + POSTER.format(topic=quote(topic, safe=""), platform=platform)


def atom(topic: TopicId | None = None) -> str:
    return f"{_feeds(topic)}/atom.xml"


def json_feed(topic: TopicId | None = None) -> str:
    return f"{_feeds(topic)}/feed.json"


def _feeds(topic: TopicId | None) -> str:
    return ROOT + TOPIC.format(topic=quote(topic, safe="")) if topic else ROOT
