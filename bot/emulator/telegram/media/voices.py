"""Voice notes: OGG files with Opus.

Bot API, sendVoice: anything else is sent as a file or as music. Nobody who means a voice message wants that,
so the emulator refuses it.
"""

from bot.emulator.telegram.media.files import FileStore, VoiceNote
from bot.emulator.telegram.rules.errors import bad_request

_PAGE, _OPUS, _SEARCHED = b"OggS", b"OpusHead", 256


def stored_voice(store: FileStore, content: bytes, duration: int | None) -> VoiceNote:
    """Keep *content*, an OGG file of a single channel with Opus, and return the voice note."""
    head = content[:_SEARCHED]
    if not content.startswith(_PAGE) or _OPUS not in head:
        raise bad_request("the emulator takes OGG files with Opus alone as voice messages")
    voice = VoiceNote(store.keep(content, "audio/ogg"), "audio/ogg", len(content), max(0, duration or 0))
    store.add_voice(voice)
    return voice
