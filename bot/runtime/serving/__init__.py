"""What the process serves over HTTP, and where, as the settings have it."""
