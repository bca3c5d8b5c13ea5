"""The outbox: all deliveries, how they are claimed and settled, and how they ended."""
