"""Bản Tin: news of Vietnamese public agencies, pushed to the chats that asked for it."""
