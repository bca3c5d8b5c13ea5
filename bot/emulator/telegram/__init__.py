"""A strict Telegram: the Bot API with its checks, limits and refusals."""
