"""sendVoice of the emulator."""

import pytest

from tests.emulator.client import AN, Client

OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(100)


async def test_a_voice_message_is_an_ogg_file_with_opus(client: Client) -> None:
    body = await client.upload(
        "sendVoice", {"voice": ("a.ogg", OGG)}, chat_id=str(AN), duration="7", caption="Bài"
    )

    voice = body["result"]["voice"]
    assert (voice["duration"], voice["mime_type"], body["result"]["caption"]) == (7, "audio/ogg", "Bài")
    again = await client.result("sendVoice", chat_id=AN, voice=voice["file_id"], duration=7)
    assert again["voice"]["file_id"] == voice["file_id"]


@pytest.mark.parametrize("content", [b"", b"ID3 music", b"OggS" + bytes(60), b"\xff\xf1 aac"])
async def test_anything_else_is_none(client: Client, content: bytes) -> None:
    body = await client.upload("sendVoice", {"voice": ("a.ogg", content)}, chat_id=str(AN))

    assert (body["ok"], body["error_code"]) == (False, 400)


async def test_a_voice_message_is_no_photo(client: Client) -> None:
    body = await client.upload("sendVoice", {"voice": ("a.ogg", OGG)}, chat_id=str(AN))

    refused = await client.call("sendPhoto", chat_id=AN, photo=body["result"]["voice"]["file_id"])

    assert "VoiceNote" in refused["description"]
