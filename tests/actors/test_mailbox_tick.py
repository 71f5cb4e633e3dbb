"""The mailbox's tick on a real mailbox: what is there is taken, an outage is one line, and it ends by itself."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from followup.actors import scheduler
from followup.actors.scheduler import Outage, Tick
from followup.clock import SystemClock
from followup.providers import imap
from followup.services.bounces.collect import collect
from followup.services.context import Context
from followup.storage.database import Database
from tests.builders import make_ctx
from tests.mails import corpus, letter
from tests.services.bounces.parts import heard
from tests.support.imap import ImapServer


def boxed(database: Database, server: ImapServer, folder: Path) -> Context:
    """A context whose mailbox is at the server."""
    environ = {"IMAP_URL": server.url(), "FOLLOWUP_DATA": str(folder), "FOLLOWUP_PROVIDER_TIMEOUT": "400ms"}
    ctx = make_ctx(database, environ=environ)
    return replace(ctx, mailbox=imap.build(ctx.settings))


def test_the_mailbox_is_read_every_minute(database: Database, tmp_path: Path) -> None:
    ctx = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path)}, ops=SystemClock())
    every = {tick.name: tick.every for tick in scheduler.ticks(ctx, lambda: None)}
    assert every["mailbox"] == timedelta(minutes=1)


def test_an_outage_is_one_line_and_loses_nothing(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tick, outage = Tick("mailbox", timedelta(minutes=1), collect), Outage()
    with ImapServer().running() as server, caplog.at_level(logging.INFO, "followup"):
        ctx = boxed(database, server, tmp_path)
        for raw in (corpus("letter"), letter("second"), corpus("vacation-rfc3834")):
            server.put(raw)
        for fault in ("LOGIN", "LOGIN", "SEARCH", "", ""):
            server.fault = fault
            scheduler._guarded(tick, ctx, outage)
    lines = [r.message for r in caplog.records if r.name == "followup.scheduler"]
    assert lines == ["waiting", "going on"]
    assert len(heard(ctx)) == 2
    assert all(mail.flags for mail in server.mails)
