"""The configuration: what the files and the environment say, read once and handed down as plain values."""
