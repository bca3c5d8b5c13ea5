"""What is kept for the API: its keys, and which contents were posted with which idempotency key."""
