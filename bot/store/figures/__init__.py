"""The daily figures: counted with what they count, and read."""
