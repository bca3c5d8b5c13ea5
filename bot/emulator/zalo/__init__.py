"""A strict Zalo Bot Platform: what it documents, what was measured of it, and knobs where reports differ."""
