"""What the service shows over HTTP: whether it lives, whether it can work, and its figures."""
