"""Errors that a person can act on."""

import os
import re

_NUMBER = re.compile(r"\[Errno (-?\d+)\]")


class ExplainedError(Exception):
    """Something outside of this program's code went wrong.

    The text is for people, one line a problem: what is wrong, where, and what to do about it; no secret.
    """


def reason_of(error: OSError) -> str:
    """Return in words why the system refused something: Python's text begins with "[Errno 111]"."""
    if error.strerror and not _NUMBER.search(error.strerror):
        # Libraries put whole sentences there: "Connect call failed ('127.0.0.1', 5432)".
        return os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    # asyncio: several addresses of one host were tried, and each failed.
    if found := _NUMBER.search(str(error)):
        return os.strerror(int(found[1]))
    return str(error) or ("no answer in time" if isinstance(error, TimeoutError) else type(error).__name__)
