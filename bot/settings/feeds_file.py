"""Topics and feeds as config/feeds.toml, or a command, defines them."""

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from bot.domain.chats.chat import TopicId
from bot.domain.chats.filters import FilterError, parse
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.domain.news.address import site_of
from bot.domain.news.feed import USUAL_INTERVAL, Feed, FeedId, FeedKind, Topic
from bot.settings.problems import Location, explain
from bot.settings.settings import ConfigurationError, FormOfAddress, Settings
from bot.settings.toml_file import read_toml
from bot.settings.values import Duration, Section
from bot.sources.html.css import css_problem
from bot.sources.html.presets import LISTING_PARTS, PAGE_PARTS, PRESETS

_TOPIC_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_HASHTAG = re.compile(r"\w{1,60}")
_FEED_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_WEB = re.compile(r"https?://\S+")
_PARTS = {"listing": LISTING_PARTS, "page": PAGE_PARTS}


class TopicDefinition(Section):
    id: str
    name: dict[str, str]
    description: dict[str, str] = Field(default_factory=dict)
    hashtag: str
    members_only: bool = False
    urgent: bool = False
    urgent_words: tuple[str, ...] = ()
    tell_subscribers: bool = False
    address: FormOfAddress | None = None
    approval: Approval | None = None
    unanswered: Unanswered = Unanswered.REMIND
    unanswered_after: Duration = NO_APPROVAL.after

    @field_validator("id")
    @classmethod
    def _is_plain(cls, value: str) -> str:
        if not _TOPIC_ID.fullmatch(value):
            raise ValueError(
                "write up to 31 of the characters a-z, 0-9 and -, not - first, for example tin-moi"
            )
        return value

    @field_validator("hashtag")
    @classmethod
    def _is_one_word(cls, value: str) -> str:
        if not _HASHTAG.fullmatch(value):
            raise ValueError(
                "write one word of up to 60 letters, figures and _, without #, for example TinMới"
            )
        return value

    @field_validator("urgent_words")
    @classmethod
    def _are_filters(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for words in value:
            try:
                parse(words)
            except FilterError as error:
                raise ValueError(f"{words!r} is no filter: {error}") from None
        return value

    def topic(self) -> Topic:
        return Topic(
            id=TopicId(self.id),
            names=self.name,
            descriptions=self.description,
            hashtag=self.hashtag,
            members_only=self.members_only,
            urgent=self.urgent,
            urgent_words=self.urgent_words,
            tell_subscribers=self.tell_subscribers,
            address=self.address,
            approval=self._approval_rule(),
        )

    def _approval_rule(self) -> ApprovalRule | None:
        """Return the topic's own rule; one that does not name any approval goes by the usual one."""
        if self.approval is None:
            return None
        return ApprovalRule(self.approval, self.unanswered, self.unanswered_after)


class FeedDefinition(Section):
    id: str
    topic: str
    name: str
    url: str
    kind: FeedKind = FeedKind.AUTO
    interval: Duration | None = None
    preset: str | None = None
    listing: dict[str, str] = Field(default_factory=dict)
    page: dict[str, str] = Field(default_factory=dict)
    verified: bool = True
    ca_bundle: str | None = None

    @field_validator("id")
    @classmethod
    def _is_plain(cls, value: str) -> str:
        if not _FEED_ID.fullmatch(value):
            raise ValueError(
                "write up to 61 of the characters a-z, 0-9 and -, not - first, for example tin-moi"
            )
        return value

    @field_validator("url")
    @classmethod
    def _leads_to_the_web(cls, value: str) -> str:
        if not _WEB.fullmatch(value) or not site_of(value):
            raise ValueError(
                "this is not a web address: it must begin with http:// or https://, as https://agency.vn/rss"
            )
        return value

    @field_validator("preset")
    @classmethod
    def _is_known(cls, value: str | None) -> str | None:
        if value is not None and value not in PRESETS:
            raise ValueError(f"there is no preset {value!r}; there are {', '.join(PRESETS)}")
        return value

    @field_validator("listing", "page")
    @classmethod
    def _select_parts(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        parts = _PARTS[str(info.field_name)]
        for part, selector in value.items():
            if part not in parts:
                raise ValueError(f"there is no part {part!r} to select; there are {', '.join(parts)}")
            if problem := css_problem(selector):
                raise ValueError(f"the selector for {part!r} is not valid CSS: {selector!r} ({problem})")
        return value

    def feed(self, interval: timedelta | None) -> Feed:
        """Return the feed; *interval* is what somebody has set for all of them, if anybody has."""
        fields = self.model_dump(exclude={"interval", "id", "topic"})
        chosen = self.interval or interval
        return Feed(
            id=FeedId(self.id),
            topic=TopicId(self.topic),
            interval=chosen or USUAL_INTERVAL,
            adapts=chosen is None,
            **fields,
        )


def feed_defined(values: dict[str, Any]) -> FeedDefinition:
    """Return one feed's definition, given as feeds.toml would have it. Raises ConfigurationError."""
    try:
        return FeedDefinition.model_validate(values)
    except ValidationError as error:
        explained = explain(error, named=_of_one_feed, known=lambda _: FeedDefinition.model_fields)
        raise ConfigurationError(explained) from None


class Sources(Section):
    """What config/feeds.toml holds."""

    topic: tuple[TopicDefinition, ...] = ()
    feed: tuple[FeedDefinition, ...] = ()


def load_sources(folder: Path, settings: Settings) -> tuple[tuple[Topic, ...], tuple[Feed, ...]]:
    """Return the topics and feeds of *folder*. Raises ConfigurationError."""
    file = folder / "feeds.toml"
    try:
        values = read_toml(file)
    except FileNotFoundError:
        raise ConfigurationError(f"{file}: there is no such file; it lists the topics and feeds") from None
    try:
        sources = Sources.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(explain(error, named=partial(_named, file, values), known=_known)) from None
    _cross_check(file, sources)
    return (
        tuple(definition.topic() for definition in sources.topic),
        tuple(definition.feed(settings.polling.interval) for definition in sources.feed),
    )


def _named(file: Path, values: dict[str, Any], location: Location) -> str:
    """Return which value stands at *location*: topics and feeds go by their ids, and are counted from 1."""
    kind, *rest = location
    if not rest or not isinstance(number := rest[0], int):
        return f"{file}: {kind}"
    defined = values[str(kind)][number]
    name = defined.get("id") if isinstance(defined, dict) else None
    which = f"{kind} {number + 1}{f' ({name})' if isinstance(name, str) else ''}"
    return ": ".join([f"{file}: {which}", *_parts(rest[1:])])


def _of_one_feed(location: Location) -> str:
    return ": ".join(["feed", *_parts(location)])


def _parts(location: Sequence[int | str]) -> list[str]:
    """Return the name of a key, with the number of the item in its list."""
    names = ".".join(str(part) for part in location if isinstance(part, str))
    numbers = [f"item {part + 1}" for part in location if isinstance(part, int)]
    return [", ".join([names, *numbers])] if names else []


def _known(location: Location) -> Collection[str]:
    if len(location) == 1:
        return Sources.model_fields
    return (TopicDefinition if location[0] == "topic" else FeedDefinition).model_fields


def _cross_check(file: Path, sources: Sources) -> None:
    topics = [topic.id for topic in sources.topic]
    feeds = [feed.id for feed in sources.feed]
    for what, ids in (("topic", topics), ("feed", feeds)):
        for repeated in {name for name in ids if ids.count(name) > 1}:
            raise ConfigurationError(f"{file}: the {what} {repeated!r} is defined twice")
    for topic in sources.topic:
        if "vi" not in topic.name:
            raise ConfigurationError(f"{file}: topic {topic.id!r} has no Vietnamese name (name.vi)")
    for feed in sources.feed:
        if feed.topic not in topics:
            raise ConfigurationError(
                f"{file}: feed {feed.id!r} names the topic {feed.topic!r}, which is not defined"
            )
