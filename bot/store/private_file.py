"""Files that only their owner may read: what is stored about people lies in them."""

import os
from pathlib import Path

_OWNER_ONLY = 0o600


def keep_private(file: Path) -> None:
    """Make *file* if it is not there, and take it from all but its owner. Raises OSError.

    One that belongs to somebody else stays as that one has it.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        status = os.fstat(descriptor)
        if status.st_uid == os.geteuid() and status.st_mode & 0o077:
            os.fchmod(descriptor, _OWNER_ONLY)
    finally:
        os.close(descriptor)
