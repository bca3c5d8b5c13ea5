"""Tables that are too wide for the text of a message, as pictures."""
