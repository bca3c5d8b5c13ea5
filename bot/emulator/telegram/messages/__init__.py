"""The methods of the Bot API that send, change and delete messages."""
