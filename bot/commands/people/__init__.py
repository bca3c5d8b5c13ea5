"""What is done for those who subscribe: help for one of them, and the life of what they subscribe to."""
