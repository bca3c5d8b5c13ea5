"""The agency's desk: who may do what, and what was done by whom."""
