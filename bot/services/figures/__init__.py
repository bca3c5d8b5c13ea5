"""Figures without tracking: what is counted a day, in words, as CSV and in pictures."""
