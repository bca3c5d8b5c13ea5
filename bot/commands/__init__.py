"""The bot's conversation, the same for every messenger."""
