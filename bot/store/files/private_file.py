"""Files that only their owner may read: what is stored about people lies in them."""

import os
from pathlib import Path

_OWNER_ONLY = 0o600


def keep_private(file: Path) -> None:
    """Make *file* if it is not there, and take it from all but its owner. Raises OSError.

    One that belongs to somebody else stays as that one has it. A file that is there is not opened: SQLite's
    locks belong to the process, and closing any descriptor of the file would drop them (SQLite, "How To
    Corrupt An SQLite Database File", 2.2).
    """
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    except FileExistsError:
        status = file.stat()
        if status.st_uid == os.geteuid() and status.st_mode & 0o077:
            file.chmod(_OWNER_ONLY)
