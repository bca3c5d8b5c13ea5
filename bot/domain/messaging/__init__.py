"""The port to a messenger, and texts in parts that fit a message."""
