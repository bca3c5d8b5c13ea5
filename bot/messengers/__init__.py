"""Where messages go: one adapter per platform."""
