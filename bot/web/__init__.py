"""What the service answers over HTTP: its health, and the posts of messengers and hubs."""
