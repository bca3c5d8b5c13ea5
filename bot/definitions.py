"""Topics and feeds as config/feeds.toml, or a command, defines them."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from bot.config import DEFAULT_INTERVAL, ConfigurationError, Duration, Section, Settings, explain, unreadable
from bot.domain.chat import TopicId
from bot.domain.feed import Feed, FeedId, FeedKind, Topic


class TopicDefinition(Section):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")
    name: dict[str, str]
    description: dict[str, str] = Field(default_factory=dict)
    hashtag: str = Field(pattern=r"^\w{1,60}$")
    members_only: bool = False

    def topic(self) -> Topic:
        return Topic(TopicId(self.id), self.name, self.description, self.hashtag, self.members_only)


class FeedDefinition(Section):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")
    topic: str
    name: str
    url: str = Field(pattern=r"^https?://\S+$")
    kind: FeedKind = FeedKind.AUTO
    interval: Duration | None = None
    preset: str | None = None
    listing: dict[str, str] = Field(default_factory=dict)
    page: dict[str, str] = Field(default_factory=dict)
    verified: bool = True
    ca_bundle: str | None = None

    def feed(self, interval: timedelta) -> Feed:
        fields = self.model_dump(exclude={"interval", "id", "topic"})
        return Feed(
            id=FeedId(self.id),
            topic=TopicId(self.topic),
            interval=self.interval or interval,
            adapts=self.interval is None and interval == DEFAULT_INTERVAL,
            **fields,
        )


def feed_defined(values: dict[str, Any]) -> FeedDefinition:
    """Return one feed's definition, given as feeds.toml would have it. Raises ConfigurationError."""
    try:
        return FeedDefinition.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(explain(error, "feed")) from None


class Sources(Section):
    """What config/feeds.toml holds."""

    topic: tuple[TopicDefinition, ...] = ()
    feed: tuple[FeedDefinition, ...] = ()


def load_sources(folder: Path, settings: Settings) -> tuple[tuple[Topic, ...], tuple[Feed, ...]]:
    """Return the topics and feeds of *folder*. Raises ConfigurationError."""
    file = folder / "feeds.toml"
    try:
        sources = Sources.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ConfigurationError(f"{file}: there is no such file; it lists the topics and feeds") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None
    except ValidationError as error:
        raise ConfigurationError(explain(error, str(file))) from None
    _cross_check(file, sources)
    return (
        tuple(definition.topic() for definition in sources.topic),
        tuple(definition.feed(settings.polling.interval) for definition in sources.feed),
    )


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
