"""Web, worker and scheduler as three commands against PostgreSQL and a Valkey named by REDIS_URL."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.cli.machine import free_port, readiness
from followup.storage.database import open_database
from tests.e2e.machines import Outside, command, outside, run, treat
from tests.support.valkey import Valkey
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.fixture
def own_postgres(postgres_server: str) -> str:
    """A database that only migrations have touched."""
    admin = open_database(postgres_server, pool_size=1)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(sa.text("DROP DATABASE IF EXISTS roles WITH (FORCE)"))
        conn.execute(sa.text("CREATE DATABASE roles"))
    admin.close()
    return postgres_server.replace("/postgres?", "/roles?")


@contextmanager
def role(*words: str, environ: dict[str, str], folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen(command(*words), env=environ, cwd=folder, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            assert process.wait(30) == 0


@pytest.fixture
def around(tmp_path: Path, own_postgres: str, own_valkey: Valkey) -> Iterator[Outside]:
    with outside(tmp_path) as made:
        made.environ |= {"DATABASE_URL": own_postgres, "REDIS_URL": own_valkey.url, "FOLLOWUP_SECRET_KEY": "s" * 32}
        yield made


def test_three_roles_deliver_with_postgres_and_redis(around: Outside, tmp_path: Path) -> None:
    migrated = run("db", "migrate", environ=around.environ, cwd=tmp_path)
    assert migrated.returncode == 0, migrated.stderr
    port = free_port("127.0.0.1", 0)
    url = f"http://127.0.0.1:{port}"
    around.environ["FOLLOWUP_PUBLIC_URL"] = url
    person = around.person()
    with (
        role("web", "--port", str(port), environ=around.environ, folder=tmp_path),
        role("worker", environ=around.environ, folder=tmp_path),
        role("scheduler", environ=around.environ, folder=tmp_path),
    ):
        assert until(lambda: readiness(url)[0], limit=90)
        treat(around, url, person)
        assert until(lambda: around.texts_to(person))
        assert until(lambda: around.texts_to(person)[0]["status"] == "delivered")


def test_a_role_finds_no_broker_and_says_so(around: Outside, tmp_path: Path) -> None:
    environ = {name: value for name, value in around.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
    run("db", "migrate", environ=environ, cwd=tmp_path)
    refused = run("scheduler", environ=environ, cwd=tmp_path)
    assert refused.returncode == 3, refused.stderr
    assert len(refused.stderr.splitlines()) == 1
