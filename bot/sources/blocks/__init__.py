"""How an article's text is laid out: the blocks of what is told, by where it stands in the markup."""
