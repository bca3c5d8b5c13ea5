"""What one article page holds: where its text stands, which picture leads it, which pages hold no article."""
