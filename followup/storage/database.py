"""Engine and transactions, the same Core statements for SQLite and PostgreSQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.types import TypeDecorator

from followup.crash import Reach, caller
from followup.domain.errors import SettingError, Unavailable


class Moment(TypeDecorator[datetime]):
    """An aware UTC instant: `timestamptz` on PostgreSQL, fixed-width ISO text on SQLite, so that order is time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Text on SQLite, a real timestamp elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.String(27))
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Any) -> Any:
        """Refuse naive datetimes; they are a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        value = value.astimezone(UTC)
        return value.isoformat(timespec="microseconds")[:26] + "Z" if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """Always aware UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # somebody wrote it past us
        assert isinstance(value, datetime)
        return value.astimezone(UTC)


class Database:
    """One engine. `transaction()` is one commit: BEGIN IMMEDIATE on SQLite, READ COMMITTED on PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reach: Reach | None = None

    @property
    def is_sqlite(self) -> bool:
        """True on SQLite, where a single writer holds the whole file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commit at the end, roll back on any exception; raises `Unavailable` when the database is away."""
        point = caller(2) if self.reach else ""
        try:
            with self.engine.begin() as conn:
                yield conn
                self._pass(f"{point}:before_commit")
        except sa.exc.DBAPIError as error:
            if not _is_away(error):
                raise
            raise Unavailable(_plain(error), cure="see `followup doctor`") from None
        self._pass(f"{point}:after_commit")

    def _pass(self, point: str) -> None:
        if self.reach is not None:
            self.reach(point)

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Connection]:
        """A read-only view that takes no write lock; a `snapshot` shows one instant however many queries it takes."""
        try:
            with self.engine.connect() as conn:
                frozen = {"isolation_level": "REPEATABLE READ"} if snapshot and not self.is_sqlite else {}
                read = conn.execution_options(followup_read=True, **frozen)
                yield read
                read.rollback()
        except sa.exc.DBAPIError as error:
            if not _is_away(error):
                raise
            raise Unavailable(_plain(error), cure="see `followup doctor`") from None

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def many(name: str) -> "sa.BindParameter[Any]":
    """A list that is given when a statement is run; whatever its length, it is the same statement."""
    return sa.bindparam(name, expanding=True)


def insert(conn: Connection, table: sa.Table) -> Any:
    """An INSERT into `table` that can say ON CONFLICT, for this connection's dialect."""
    return _insert(conn.dialect.name, table)


def _insert(dialect: str, table: sa.Table) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def put(conn: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], *, keep: Collection[str] = ()) -> None:
    """Insert rows, or overwrite those of the same primary key in all columns but `keep`."""
    if rows:
        conn.execute(_putting(conn.dialect.name, table, frozenset(keep)), list(rows))


@cache
def _putting(dialect: str, table: sa.Table, keep: frozenset[str]) -> Any:
    statement = _insert(dialect, table)
    names = [c.name for c in table.columns if not c.primary_key and c.name not in keep]
    change = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=change)


def put_new(conn: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, leaving out those that are there already by any unique key."""
    if rows:
        conn.execute(putting_new(conn.dialect.name, table), list(rows))


@cache
def putting_new(dialect: str, table: sa.Table, told: str = "") -> Any:
    """The INSERT that leaves out what is there already; with `told` it returns this column of what was new."""
    statement = _insert(dialect, table).on_conflict_do_nothing()
    return statement.returning(table.c[told]) if told else statement


def _is_away(error: sa.exc.DBAPIError) -> bool:
    """True if it cannot be reached, is full, or takes no writes now; anything else is a fault of ours."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return isinstance(error, sa.exc.OperationalError) or error.connection_invalidated or state.startswith("25")


def _plain(error: sa.exc.DBAPIError) -> str:
    first = str(error.orig).strip().splitlines()[0] if error.orig is not None else "no answer"
    return f"database: {first[:160]}"


def open_database(url: str, *, pool_size: int = 10) -> Database:
    """Open `sqlite:///path` or `postgresql+psycopg://…`; raises `SettingError` for anything else."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError:
        raise SettingError(
            "DATABASE_URL",
            "is no database address",
            cure="write sqlite:///var/followup.db or postgresql+psycopg://user:pass@host/db",
        ) from None
    if parsed.get_backend_name() == "sqlite":
        return Database(_sqlite(parsed))
    if parsed.get_backend_name() == "postgresql":
        return Database(sa.create_engine(parsed, pool_pre_ping=True, pool_size=pool_size, max_overflow=5))
    raise SettingError("DATABASE_URL", f"{parsed.get_backend_name()} is not supported", cure="use SQLite or PostgreSQL")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"database: {folder} cannot be made: {error.strerror}", cure="see DATABASE_URL") from None


def _sqlite(url: URL) -> Engine:
    if url.database and not url.database.startswith((":memory:", "file:")):
        _make_folder(Path(url.database).parent)
    engine = sa.create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must not begin by itself: we do, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON", "temp_store=MEMORY"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(conn: Connection) -> None:
        # A read that turns into a write fails at once whatever the time-out, so writers begin as writers.
        reading = conn.get_execution_options().get("followup_read")
        conn.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
