"""The commands of owners and admins."""
