"""What accounts have sent, as far as their platforms limit it: by the second, by the month, for money."""
