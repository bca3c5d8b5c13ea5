"""The engine: connections, transactions, and what differs between SQLite and PostgreSQL."""
