"""An article's blocks as each place shows them."""
