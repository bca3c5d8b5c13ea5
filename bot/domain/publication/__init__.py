"""Publications: whether an article that is in topics goes out, waits, or is taken back."""
