"""What leads from the chat to the agency's desk."""
