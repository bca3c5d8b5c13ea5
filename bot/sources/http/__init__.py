"""HTTP: guarded requests with limits, and what went wrong in one line."""
