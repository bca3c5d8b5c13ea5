"""What is remembered, and the only home of SQLAlchemy."""
