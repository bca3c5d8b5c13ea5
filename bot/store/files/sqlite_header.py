"""What the first bytes of an SQLite file say of it: whether it is one of ours, and which.

SQLite keeps two numbers there for the program that a file belongs to. Ours are the letters BanT and the mark
of the database's identity (https://www.sqlite.org/fileformat2.html#the_database_header). They are read
without what SQLite does when it opens a database: a log of another database that lies beside would be taken
for this one's.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

APPLICATION = int.from_bytes(b"BanT")

UNMARKED = 0
"""The mark of a file in which no database has been made, or one of a release that knew of no identities."""
OF_OTHERS = -1
"""The mark of a file that is no database, or one of another program."""


def mark_of(identity: str) -> int:
    """Return the mark of a database: the part of its *identity* that its file's first bytes have room for."""
    return int(identity[:8], 16) >> 1 or 1


def mark_in(file: Path) -> int | None:
    """Return the mark of *file*, or None if that cannot be told now: somebody may be writing the file.

    It is SQLite that opens and closes the file: our own closing it would drop the locks of this process
    (see bot.store.files.private_file). It makes no other files, and waits for nobody, since it is told that
    the file does not change; that the length of a file that grows does not fit then is no damage.
    """
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as opened:
            (application,) = opened.execute("PRAGMA application_id").fetchone()
            (mark,) = opened.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        return OF_OTHERS if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB else None
    if application == APPLICATION:
        return int(mark)
    return OF_OTHERS if application else UNMARKED
