"""The state of a database as a whole: its identity, its schema version, whether it can be used."""
