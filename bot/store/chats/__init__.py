"""Chats: where messages may go, what they chose, and what is stored about people."""
