"""Pure rules and data: standard library only."""
