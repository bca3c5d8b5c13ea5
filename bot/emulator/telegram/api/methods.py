"""The methods of the Bot API that the emulator knows; each module holds those of one purpose."""

from bot.emulator.telegram.messages import albums, copying, deleting, editing, rich, sending
from bot.emulator.telegram.methods import callbacks, chats, commands, identity, inline, polling, topics
from bot.emulator.telegram.world.registry import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for module in (
        albums,
        callbacks,
        chats,
        commands,
        copying,
        deleting,
        editing,
        identity,
        inline,
        polling,
        rich,
        sending,
        topics,
    )
    for method in module.METHODS
}
