"""/nghe and “Nghe bài”: an article as a voice message."""

from dataclasses import replace

import pytest

from bot.domain.chats.message import NewVoice
from bot.domain.speech.recording import AudioFormat, Recording, RecordingError
from bot.services.subscribers.recordings import ArticleRecordings
from tests.commands.stage import Stage, texts, wording

BODY = ("Ngày 10/8/2017, Cục SHTT họp.",)
SAID = (
    "Hội nghị.\nTóm tắt của Hội nghị.\n"
    "Ngày mười tháng tám năm hai nghìn không trăm mười bảy, Cục sở hữu trí tuệ họp."
)


class FakeRecorder:
    """Stands in for the process that speaks: a recording of a second for each text, or an error."""

    voice = "fake"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.fails = False

    async def record(self, text: str, wanted: AudioFormat) -> Recording:
        self.said.append(text)
        if self.fails:
            raise RecordingError("no voice")
        return Recording(f"{wanted}: {text}".encode(), 1.2)


@pytest.fixture
async def recorder(stage: Stage) -> FakeRecorder:
    """What speaks on a stage that has one article."""
    speaks = FakeRecorder()
    stage.messenger.capabilities = replace(stage.messenger.capabilities, voices=AudioFormat.OGG_OPUS)
    stage.recordings = ArticleRecordings(stage.database, speaks, texts(stage.form), stage.clock)
    stage.clock.advance(12 * 3600)
    await stage.publish("Hội nghị", hour=10, body=BODY)
    return speaks


async def test_an_article_is_heard_by_the_button_below_its_card(stage: Stage, recorder: FakeRecorder) -> None:
    person = stage.person()
    await person.types("/moinhat 1")

    await person.taps(wording("button-listen"))

    voice = person.seen[-1].voice
    assert isinstance(voice, NewVoice)
    assert (voice.seconds, voice.content) == (2, f"ogg: {SAID}".encode())
    assert person.answer.toast == wording("voice-coming")


async def test_it_is_made_once_for_all(stage: Stage, recorder: FakeRecorder) -> None:
    await stage.person("1").types("/nghe")
    second = stage.person("2", language="en")

    await second.types("listen")

    assert (recorder.said, bool(second.seen[-1].voice)) == ([SAID], True)


async def test_where_another_format_is_played_it_is_made_in_that_one(
    stage: Stage, recorder: FakeRecorder
) -> None:
    await stage.person("1").types("/nghe")
    stage.messenger.capabilities = replace(stage.messenger.capabilities, voices=AudioFormat.AAC)
    second = stage.person("2")

    await second.types("/nghe")

    voice = second.seen[-1].voice
    assert isinstance(voice, NewVoice)
    assert voice.content == f"aac: {SAID}".encode()


async def test_what_cannot_be_spoken_is_said_and_tried_again(stage: Stage, recorder: FakeRecorder) -> None:
    recorder.fails = True
    person = stage.person()
    assert wording("voice-failed") in await person.types("nghe bài 1")
    recorder.fails = False

    await person.types("nghe bai")

    assert person.seen[-1].voice


async def test_without_a_voice_there_is_no_button(stage: Stage) -> None:
    stage.clock.advance(12 * 3600)
    await stage.publish("Hội nghị", hour=10, body=BODY)
    person = stage.person()
    await person.types("/moinhat 1")

    assert wording("button-listen") not in person.labels
    assert wording("voice-none") in await person.types("/nghe")
