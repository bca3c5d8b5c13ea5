"""Chats: their messages, preferences, filters, invitations and consent."""
