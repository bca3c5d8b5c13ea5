"""What several parts of the store ask about chats: shared choices, preferences, visibility."""
