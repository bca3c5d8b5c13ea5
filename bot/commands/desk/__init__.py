"""What those who manage see of what goes out, and of whom it reaches."""
