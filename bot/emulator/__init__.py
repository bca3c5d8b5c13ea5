"""The other side of the wire: a strict Telegram, a sample agency and a chat page."""
