"""What the bot has asked for, as it is stored."""

import pytest

from bot.commands.base.awaited_input import (
    AnnouncementPart,
    AppointmentRole,
    AwaitedInput,
    ChannelFilterWords,
    ChannelName,
    FilterWords,
    InputKind,
    RawInput,
    RecipientId,
    RejectionReason,
    ReleaseTime,
    SearchWords,
    read_awaited,
)
from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import DraftPart

KINDS: dict[InputKind, type[AwaitedInput]] = {each.kind: each for each in AwaitedInput.__subclasses__()}


@pytest.mark.parametrize(
    ("awaited", "text"),
    [
        (ChannelName(), "channel"),
        (SearchWords(), "search"),
        (FilterWords("quoc-te"), "filter.quoc-te"),
        (FilterWords("*"), "filter.*"),
        (ChannelFilterWords(ChatId(7), "quoc-te"), "channel-filter.7.quoc-te"),
        (AnnouncementPart(DraftPart.PHOTO), "announcement.p"),
        (RecipientId(), "recipient"),
        (RejectionReason(ArticleId(7), 2, TopicId("quoc-te")), "rejection.7.2.quoc-te"),
        (ReleaseTime(ArticleId(7), 2, TopicId("quoc-te")), "release-time.7.2.quoc-te"),
        (AppointmentRole("123", "Anh Nam, P. Đăng ký"), "appointment.123.Anh Nam, P. Đăng ký"),
    ],
)
def test_it_is_stored_as_the_releases_before_stored_it_and_read_again(
    awaited: AwaitedInput, text: str
) -> None:
    found = read_awaited(text)

    assert awaited.pack() == text
    assert found
    assert KINDS[found.kind].of(found.rest) == awaited


def test_every_kind_of_input_has_fields_of_its_own() -> None:
    assert set(KINDS) == set(InputKind)


@pytest.mark.parametrize("text", ["", "admin", "filters.quoc-te"])
def test_what_nothing_of_ours_asks_for_is_not_awaited(text: str) -> None:
    assert read_awaited(text) is None


@pytest.mark.parametrize("rest", ["", "x.quoc-te", "0.quoc-te", f"{2**63}.quoc-te"])
def test_a_filter_for_no_channel_is_refused(rest: str) -> None:
    assert read_awaited(f"channel-filter.{rest}") == RawInput(InputKind.CHANNEL_FILTER, rest)
    with pytest.raises(ValueError, match=r"number|lacks"):
        ChannelFilterWords.of(rest)
