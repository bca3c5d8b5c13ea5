"""The service's own state: accounts, leases, heartbeats, updates, alerts, retention."""
