"""When a stop or a pause may be confirmed: when no process can begin a request any more that it forbids."""

from bot.domain.clock import Clock

READ_EVERY = 0.1
"""Seconds after which a sender that is busy reads anew what is paused: so soon it mostly hears of a stop."""

FRESH_FOR = 1.0
"""Seconds for which a sender may go by what it has read, where reading it anew takes long. Then it sends
nothing before it has."""

CONFIRMED_AFTER = 1.5 * FRESH_FOR
"""Seconds after a stop was committed after which it is in force everywhere: what a sender then goes by was
read later, and a request that it had decided on before has begun."""


async def in_force(clock: Clock) -> None:
    """Wait until a stop or a pause that was committed just now is in force in every process."""
    await clock.sleep(CONFIRMED_AFTER)
