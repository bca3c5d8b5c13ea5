"""What is remembered, and the only home of SQLAlchemy.

Every function takes the transaction first. A caller opens it with Database.read() or Database.write(), and
what belongs together commits together.
"""
