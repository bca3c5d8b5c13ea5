"""HTML: trees, blocks of text, images, and the markup of known portals."""
