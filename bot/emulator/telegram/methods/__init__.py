"""The methods of the Bot API that say and set what is no message."""
