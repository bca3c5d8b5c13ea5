"""The commands of readers."""
