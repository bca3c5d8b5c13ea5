"""Deliveries: what an attempt to send leads to, and who may be sent to when."""
