"""Publications: their states, and what is paused."""
