"""A message as every messenger understands it: styled spans, a photo, buttons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.blocks.model import Blocks, DocumentBlock
from bot.domain.chats.page import Page


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. Text is raw: each messenger escapes it in its own way.

    *code* is what people may type as it stands: a tap copies it, and nothing in it becomes a link.
    *moment*, in seconds since 1970, is what the text tells: an app may tell it in its reader's own zone.
    """

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    code: bool = False
    moment: int | None = None


RichText = tuple[Span, ...]


def plain(text: str) -> Span:
    return Span(text)


def bold(text: str) -> Span:
    return Span(text, bold=True)


def italic(text: str) -> Span:
    return Span(text, italic=True)


def link(text: str, url: str) -> Span:
    return Span(text, url=url)


def with_examples(text: str) -> RichText:
    """Return *text* with what stands between `backticks` as something to copy."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        # The last one opens nothing.
        parts[-2:] = ["`".join(parts[-2:])]
    return tuple(Span(part, code=at % 2 == 1) for at, part in enumerate(parts) if part)


def length(text: Iterable[Span]) -> int:
    """Return the length of *text* in Unicode code points, as Telegram counts it after parsing."""
    return sum(len(span.text) for span in text)


Size = Callable[[RichText], int]
"""How long a platform finds a text: one or two units for each code point, and no more than its spans have."""


class ButtonStyle(StrEnum):
    """How a button looks besides the usual: *DANGER* takes away for good, *SUCCESS* subscribes."""

    DANGER = "danger"
    SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class Button:
    """What a reader can tap: an address to open, or an action that comes back to the bot.

    An action is 1–64 bytes of UTF-8 (Bot API: callback_data). Just one of the two is set.
    """

    label: str
    action: str | None = None
    url: str | None = None
    style: ButtonStyle | None = None

    def __post_init__(self) -> None:
        if (self.action is None) == (self.url is None):
            raise ValueError(f"button {self.label!r} needs either an action or an address")
        if self.action is not None and not 1 <= len(self.action.encode()) <= 64:
            raise ValueError(f"the action of button {self.label!r} is not 1–64 bytes long")


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A JPEG that this account has not sent yet; *key* is the SHA-256 of its bytes, in hex.

    *instead* is said where the messenger does not take it; if it is empty, what is said with it goes alone.
    """

    key: str
    content: bytes
    instead: RichText = ()


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo that the messenger already holds, by the messenger's own reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class NewVoice:
    """A recording that this account has not sent yet; *key* names what is said, by whom and in which format.

    It plays for *seconds*. *instead* is said where nobody wants voice messages.
    """

    key: str
    content: bytes
    seconds: int
    instead: RichText


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A recording that the messenger already holds, by the messenger's own reference."""

    reference: str
    seconds: int
    instead: RichText


@dataclass(frozen=True, slots=True)
class AlbumPhoto:
    """One photo of an album; the caption is plain and may be empty."""

    photo: NewPhoto | KnownPhoto
    caption: str = ""


@dataclass(frozen=True, slots=True)
class WholeText:
    """An article in full, to be shown as one message that is laid out, where a platform has such messages.

    *attachments* are folded away under *attachments_title*. A text that is too long ends with a link to its
    *page*, if it has one, that says *read_on*. Without *photos* there are links in their place. *instead* is
    sent where the platform does not take it.
    """

    blocks: Blocks
    attachments: tuple[DocumentBlock, ...]
    attachments_title: str
    page: str | None
    read_on: str
    instead: "tuple[Message, ...]"
    photos: bool = True


@dataclass(frozen=True, slots=True)
class Message:
    """One message, neutral of any platform.

    *preview_url* asks for a large link preview above the text and is only looked at without a photo.
    *replaces* is the id of an own earlier message to edit; where the messenger cannot, a new one is sent.
    *retracts* takes that message away instead; where the messenger cannot, it is edited.
    *captions* says that the message to edit is known to be a photo, of which *text* is the caption.
    *buttons_only* says that its buttons alone are edited, and what it says stays.
    *paid* lets the messenger charge for what exceeds its free rate.
    *album* is two photos or more that are shown as one, and is all that such a message has: neither text nor
    buttons go with it.
    *voice* is a recording, of which *text* is the caption.
    *whole* is an article in full, of which *text* is the title.
    *page* is the article in full, for a platform that publishes; *text* stands for it elsewhere.
    *essential* lets it take the last reserve of a month's messages: it answers somebody who leaves, or who
    asks for their data.
    """

    text: RichText
    photo: NewPhoto | KnownPhoto | None = None
    keyboard: Keyboard = ()
    preview_url: str | None = None
    silent: bool = False
    replaces: str | None = None
    retracts: bool = False
    captions: bool = False
    buttons_only: bool = False
    paid: bool = False
    album: tuple[AlbumPhoto, ...] = ()
    voice: NewVoice | KnownVoice | None = None
    whole: WholeText | None = None
    page: Page | None = None
    essential: bool = False

    @property
    def weight(self) -> int:
        """Return how many messages a platform counts it as."""
        return len(self.album) or 1
