"""/thongke: what was sent and how many subscribed in the last days, in words and perhaps in a picture."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.codec import Bounds
from bot.commands.base.command_names import NAMES, Command
from bot.commands.base.context import Deferred, OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.domain.chats.message import Button, Message, NewPhoto, plain
from bot.domain.desk.figures import days_until
from bot.domain.desk.roles import Right
from bot.services.figures.drawing import picture_of
from bot.services.figures.figures import figures_of, topics_seen_by
from bot.services.figures.picture import FiguresPicture
from bot.services.figures.wording import summary

handlers = Handlers()

MOST_DAYS = 366
_DAYS = 7
_OFFERED = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class ShowFigures(CallbackData):
    verb: ClassVar[Verb] = Verb.FIGURES
    days: Annotated[int, Bounds(1, MOST_DAYS)]


@handlers.command(Command.FIGURES, admins_only(Right.SEE), writes=False, takes=any_words)
async def show_figures(request: Request, words: str) -> Response:
    """Show the figures of so many days as *words* say, which may also be none."""
    days = _days(words)
    if days is None:
        command = f"/{NAMES[Command.FIGURES][request.language]}"
        return request.say(request.examples("figures-usage", command=command, most=MOST_DAYS))
    return await _figures(request, days)


@handlers.button(ShowFigures, admins_only(Right.SEE))
async def press_figures(request: Request, pressed: ShowFigures) -> Response:
    return await _figures(request, pressed.days)


def _days(words: str) -> int | None:
    """Return the number of days that *words* begin with; None where that is none that can be shown."""
    number = words.split(maxsplit=1)[0] if words.split() else str(_DAYS)
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(MOST_DAYS))):
        return None
    return int(number) if 1 <= int(number) <= MOST_DAYS else None


async def _figures(request: Request, days: int) -> Response:
    topics = await topics_seen_by(request.tx, await request.authority())
    figures = await figures_of(request.tx, days_until(request.now, days), topics)
    translator, language = request.context.translator, request.language
    buttons = (
        Button(request.text("button-figures-days", days=offered), action=ShowFigures(offered).pack())
        for offered in _OFFERED
    )
    answer = request.say(*summary(translator, language, figures), keyboard=(tuple(buttons),))
    if not request.context.messenger.capabilities.photo_upload:
        return answer
    return replace(answer, later=_drawn_later(request, picture_of(translator, language, figures)))


def _drawn_later(request: Request, picture: FiguresPicture) -> Deferred:
    """Have *picture* follow the words, which do not wait for it."""
    drawn: list[NewPhoto] = []

    async def draw() -> None:
        if photo := await request.context.draw(picture):
            drawn.append(photo)

    async def show() -> Response:
        messages = (Message((plain(picture.title),), photo=photo) for photo in drawn)
        return Response(tuple(OutgoingMessage(request.address, each) for each in messages))

    return Deferred(draw, show)
