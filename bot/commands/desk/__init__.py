"""What those who manage see of what goes out, and what leads from the chat to the agency's desk."""
