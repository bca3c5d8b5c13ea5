"""What the commands have in common: options, output, progress, storage."""
