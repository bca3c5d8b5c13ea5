"""The methods of the Bot API that the emulator knows; each module holds those of one purpose."""

from bot.emulator.methods import (
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
    sending,
    topics,
)
from bot.emulator.methods.registry import Method

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
        sending,
        topics,
    )
    for method in module.METHODS
}
