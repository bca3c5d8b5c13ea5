"""The pages, one module each: its routes, and what its template shows; a folder for what belongs together."""
