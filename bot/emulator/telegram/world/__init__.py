"""Bots, people, chats and messages, and how the Bot API shows them."""
