"""/trogiup: what somebody can do here."""

from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import language_buttons, latest_button, topics_button
from bot.commands.base.managing import managing_help
from bot.domain.chats.message import RichText, bold, plain
from bot.services.rendering.card import paragraphs

handlers = Handlers()


@handlers.command(Command.HELP, writes=False)
async def show_help(request: Request, words: str) -> Response:
    """Say what the sender can do here, and no more than that."""
    del words
    title = bold(request.text("help-title"))
    if not request.is_private:
        commands = request.examples("help-commands-group")
        return request.say(
            title, commands, plain(request.text("help-group", kept="yes" if request.is_kept else "no"))
        )
    parts: list[RichText] = [(title,), request.examples("help-commands"), (plain(request.text("help-data")),)]
    parts.append(request.examples("help-typing"))
    authority = await request.authority()
    if authority.manages:
        parts.append((plain(managing_help(request, authority)),))
    keyboard = ((topics_button(request), latest_button(request)), language_buttons(request, Command.HELP))
    return request.say(paragraphs(*parts), keyboard=keyboard)
