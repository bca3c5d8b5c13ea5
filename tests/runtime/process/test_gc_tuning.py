"""The garbage collector in a service."""

import subprocess
import sys

SPARED = """
import gc
from bot.runtime.process import gc_tuning

kept = [{} for _ in range(1000)]
gc_tuning.freeze_startup_objects()
print(gc.get_freeze_count() > 1000, any(one is kept for one in gc.get_objects()), gc.isenabled())
"""


def test_the_collector_goes_on_but_leaves_out_what_was_there_at_the_start() -> None:
    # In a process of its own: nothing brings back what the tests' own collector leaves out.
    spared = subprocess.run([sys.executable, "-c", SPARED], capture_output=True, check=True, text=True)

    assert spared.stdout.split() == ["True", "False", "True"]
