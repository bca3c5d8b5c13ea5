"""What is said where nothing else can be: what the bot does, with buttons that lead on."""

from bot.commands.base.context import Request, Response
from bot.commands.base.keyboards import ways_on
from bot.domain.chats.message import plain


def hint(request: Request) -> Response:
    return request.say(plain(request.text("hint")), keyboard=ways_on(request))
