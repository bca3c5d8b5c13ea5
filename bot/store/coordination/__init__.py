"""Who is alive and who owns what, by the database's own clock."""
