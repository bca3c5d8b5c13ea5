"""The pages of where news comes from: topics and feeds."""
