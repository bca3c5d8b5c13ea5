"""What a process of ours is set to at its start: memory, open files, threads."""
