"""The pages of those who get news and of those who manage the bot."""
