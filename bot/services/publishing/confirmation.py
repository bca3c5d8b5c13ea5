"""When a stop or a pause may be confirmed: when no process can begin a request any more that it forbids."""

from bot.domain.clock import Clock

FRESH_FOR = 0.25
"""Seconds for which a sender may go by what it has read of the pauses."""

CONFIRMED_AFTER = 3 * FRESH_FOR
"""Seconds after a stop was committed after which it is in force everywhere: what a sender then goes by was
read later, and a request that it had decided on before has begun."""


async def in_force(clock: Clock) -> None:
    """Wait until a stop or a pause that was committed just now is in force in every process."""
    await clock.sleep(CONFIRMED_AFTER)
