"""What goes out: approving it."""
