"""Reading an official document out of the text of an article."""
