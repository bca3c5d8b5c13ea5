"""The commands of what is stored: lists, figures, retries, export and import."""
