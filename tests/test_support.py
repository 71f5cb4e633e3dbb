"""The servers that tests start: that they are real, empty and gone afterwards."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa

from followup.storage.database import Database
from followup.storage.tables import heartbeats
from tests.fakes import START
from tests.support import valkey
from tests.waiting import until

ROW = {"role": "worker", "instance": "a", "at": START}


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_an_empty_database(database: Database, turn: int) -> None:
    with database.transaction() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(heartbeats)) == 0
        conn.execute(heartbeats.insert().values(**ROW))


def test_instants_come_back_aware_and_utc(database: Database) -> None:
    with database.transaction() as conn:
        conn.execute(heartbeats.insert().values(**ROW))
        assert conn.scalar(sa.select(heartbeats.c.at)) == START


def test_the_valkey_wheel_still_has_its_binary() -> None:
    assert valkey.find_binary() is not None


def test_a_killed_valkey_comes_back_empty(own_valkey: valkey.Valkey) -> None:
    with redis.Redis.from_url(own_valkey.url) as client:
        client.set("key", "value")
        own_valkey.restart()
        assert client.get("key") is None


def test_servers_die_with_a_killed_test_process(valkey_binary: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.support.valkey import Valkey\n"
        "server = Valkey(Path(sys.argv[1]), Path(sys.argv[2])); server.start(); print(server.url, flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path), str(valkey_binary)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        url = child.stdout.readline().strip()
        child.send_signal(signal.SIGKILL)
    assert until(lambda: not _answers(url))


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.exceptions.ConnectionError:
        return False


def test_rabbitmq_speaks_amqp_on_loopback(rabbitmq_url: str) -> None:
    pika = pytest.importorskip("pika")
    connection = pika.BlockingConnection(pika.URLParameters(rabbitmq_url))
    assert connection.is_open
    connection.close()


@pytest.mark.browser
def test_the_browser_renders_a_page(browser: "object") -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.set_content("<h1>Bonjour</h1>")
    assert page.inner_text("h1") == "Bonjour"
