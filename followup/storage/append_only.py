"""Append-only: the database itself refuses to change or remove what the audit trail says."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

REFUSAL = "the audit trail is append-only"
#: A row may get its seal once; nothing else of it ever changes.
_CONTENT = ("id", "at", "clinic_id", "actor", "action", "subject", "patient_id", "detail")
_SAME = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _CONTENT)
_SAME_PG = " AND ".join(f"NEW.{column}::text IS NOT DISTINCT FROM OLD.{column}::text" for column in _CONTENT)

_STATEMENTS = {
    "sqlite": (
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        (
            f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT (OLD.seq IS NULL AND {_SAME}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF OLD.seq IS NULL AND {_SAME_PG} THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}'; END $$"
        ),
        (
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
        ),
        (
            "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
        ),
    ),
}


def guard(conn: Connection) -> None:
    """Make the triggers of a new `audit` table."""
    for statement in _STATEMENTS[conn.dialect.name]:
        conn.exec_driver_sql(statement)


def guard_created(_table: sa.Table, conn: Connection, **_more: object) -> None:
    """`guard` as a listener of `after_create`."""
    guard(conn)
