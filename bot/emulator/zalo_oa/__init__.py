"""A strict Open API of Zalo's Official Accounts: tokens that rotate, articles, and broadcasts."""
