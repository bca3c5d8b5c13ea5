"""Articles: their texts, photos, words to search for, and when their pages are read again."""
