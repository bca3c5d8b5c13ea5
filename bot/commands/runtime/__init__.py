"""The dispatcher: updates of several chats at a time, each chat's in order."""
