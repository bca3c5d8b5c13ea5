"""How the garbage collector goes about a service."""

import gc

ROUND_EVERY = 10_000
"""Objects that come to be, and stay, between two rounds of the collector.

Python's usual 700 had it go through everything several times a second during a broadcast: a third of all the
service's work, in halts of a tenth of a second.
"""


def freeze_startup_objects() -> None:
    """Leave what is there now, the program above all, out of all rounds to come, and hold them seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ROUND_EVERY, 10, 10)
