"""What is done about publications: stopping, resuming, recalling and pausing them."""
