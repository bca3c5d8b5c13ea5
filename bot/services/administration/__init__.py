"""What an agency decides about its bot: who manages it and by what ways, its topics, feeds, settings."""
