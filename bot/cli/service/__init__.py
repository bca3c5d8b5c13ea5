"""The commands of the service itself: init, check, run, migrate, health, demo."""
