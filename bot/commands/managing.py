"""What somebody who manages the bot is told of that."""

from bot.commands.turn import Turn


async def role(turn: Turn) -> str:
    """Return which role the sender has in their own chat, and what it lets them do; nothing for others."""
    if not turn.is_private or not await turn.may_manage():
        return ""
    if turn.is_owner:
        return "\n".join((turn.text("role-owner"), turn.text("help-admin"), turn.text("help-owner")))
    return "\n".join((turn.text("role-admin"), turn.text("help-admin")))
