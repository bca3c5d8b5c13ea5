"""What keeps the process going: logs, periodic work, shutdown, threads and garbage collection."""
