"""Text: comparison, sentences, words, searches and splitting."""
