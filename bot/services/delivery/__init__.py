"""Delivery: from the outbox to the messenger, and the outcome back to the outbox."""
