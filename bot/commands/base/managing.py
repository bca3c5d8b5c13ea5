"""What somebody who manages the bot is told of that."""

from bot.commands.base.context import Request


async def role(request: Request) -> str:
    """Return which role the sender has in their own chat, and what it lets them do; nothing for others."""
    if not request.is_private or not await request.may_manage():
        return ""
    if request.is_owner:
        return "\n".join((request.text("role-owner"), request.text("help-admin"), request.text("help-owner")))
    return "\n".join((request.text("role-admin"), request.text("help-admin")))
