"""The one way out of an account: its slots, its quotas, and the messenger's answer to each message."""
