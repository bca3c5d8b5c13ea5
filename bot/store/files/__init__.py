"""The files of an SQLite database: where it is, who may read it, and whether it is the one that it was."""
