"""The pages of how the service does: now, its failures, figures, settings and records."""
