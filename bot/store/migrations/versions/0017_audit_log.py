"""Keep a log of what those who manage do, which nobody can change afterwards.

Triggers refuse to change a line, to replace it, and to delete it before it is two years old: the retention,
which deletes older ones, needs no way around them. A later migration that makes the table anew on SQLite must
make the triggers anew, too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch

KEPT = 730 * 86_400_000  # milliseconds


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_id", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    statements = _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE
    for statement in statements:
        op.execute(sa.text(statement))


# An INSERT OR REPLACE deletes without asking the trigger of deletions, so that one of insertions refuses it.
_SQLITE = (
    """
    CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END
    """,
    """
    CREATE TRIGGER audit_log_not_replaced BEFORE INSERT ON audit_log
    WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END
    """,
    f"""
    CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
    WHEN OLD.at > (julianday('now') - 2440587.5) * 86400000 - {KEPT}
    BEGIN SELECT RAISE(ABORT, 'audit_log is kept for two years'); END
    """,
)

_POSTGRESQL = (
    f"""
    CREATE FUNCTION audit_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at <= extract(epoch FROM clock_timestamp()) * 1000 - {KEPT} THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'audit_log is kept for two years';
        END IF;
        RAISE EXCEPTION 'audit_log is append-only';
    END
    $$
    """,
    """
    CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_guard()
    """,
    """
    CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_guard()
    """,
)
