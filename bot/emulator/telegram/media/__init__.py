"""Files and photos as Telegram keeps them."""
