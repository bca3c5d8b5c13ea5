"""Foreign text made sound: its letters, its dates, its addresses."""
