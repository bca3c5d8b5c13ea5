"""/bangdieukhien: a link that signs whoever manages the bot in to the web console, once."""

from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.domain.chats.message import bold, link, plain
from bot.domain.desk.console_access import LINK_FOR
from bot.domain.desk.roles import Right
from bot.services.administration.console_access import address_of, make_link

handlers = Handlers()


@handlers.command(Command.CONSOLE, admins_only(Right.SEE), writes=lambda _: True, takes=any_words)
async def give_link(request: Request, words: str) -> Response:
    del words
    if not request.context.console_url:
        return request.say(plain(request.text("console-link-off")))
    token = await make_link(
        request.write_tx, (request.address.account, request.sender.user), request.actor, now=request.now
    )
    address = address_of(request.context.console_url, token)
    return request.say(
        bold(request.text("console-link-title")),
        link(address, address),
        plain(request.text("console-link-how", minutes=int(LINK_FOR.total_seconds() // 60))),
    )
