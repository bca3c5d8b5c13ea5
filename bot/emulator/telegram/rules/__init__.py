"""Refusals, limits, rates and faults: what Telegram says no to, and what goes wrong on demand."""
