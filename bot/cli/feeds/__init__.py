"""The commands of feeds: list, add, pause, try, poll, exchange."""
