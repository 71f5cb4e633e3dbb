"""The ledger only grows: merges and their undoing add rows, and every past day reads as it was."""

import re
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from followup.domain.consent import Consent, ConsentKind
from followup.domain.event import EventType
from followup.domain.ids import PatientId
from followup.domain.message import Channel, MessageClass
from followup.services import control, enroll
from followup.services.context import Context
from followup.storage import consents
from followup.storage.database import Database
from followup.storage.tables import consents as table
from tests.builders import CLINIC
from tests.fakes import START, FakeClock
from tests.services.consents.parts import ANA, consent, known, tell
from tests.services.seeds import run, sent
from tests.services.test_answer import told, write
from tests.support import source

BEA = PatientId("P-20")
OFFER = Consent(MessageClass.PROMO, Channel.SMS, ConsentKind.EXPRESS, START, "form")


def ledger(ctx: Context, **at: Any) -> dict[str, int]:
    """How many entries stand for each of the two."""
    with ctx.db.reading() as conn:
        return {who: len(some) for who, some in consents.of(conn, CLINIC, [ANA["id"], BEA], **at).items()}


def rows(ctx: Context) -> int:
    with ctx.db.reading() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def test_no_statement_changes_or_deletes_an_entry() -> None:
    every = {file: text for file, text in source.sources("followup").items() if "consents" in text}
    assert [f for f, text in every.items() if re.search(r"(update|delete)\(consents|\bput\(conn, consents", text)] == []


def test_a_merge_undone_takes_back_by_adding(database: Database) -> None:
    clock = FakeClock()
    ctx = known(database, clock=clock)
    tell(ctx, EventType.PATIENT_UPDATED, patient={"id": BEA, "given_name": "Bea"})
    tell(ctx, EventType.CONSENT_RECORDED, patient={"id": BEA}, consent=consent(ctx))
    before = ledger(ctx)
    clock.advance(timedelta(days=1))
    tell(ctx, EventType.PATIENT_MERGED, patient={"id": BEA}, into=ANA["id"])
    merged, then, count = ledger(ctx), clock.now(), rows(ctx)
    clock.advance(timedelta(days=1))
    tell(ctx, EventType.PATIENT_MERGED, patient=ANA, into=BEA)
    assert (before, merged[ANA["id"]]) == ({ANA["id"]: 0, BEA: 1}, 1)
    assert rows(ctx) >= count
    assert ledger(ctx, known_at=then) == merged
    assert ledger(ctx, known_at=then - timedelta(hours=1)) == before


def test_an_entry_may_go_and_come_back(database: Database) -> None:
    who, seen = ANA["id"], []
    with database.transaction() as conn:
        for day, act in enumerate([consents.add, consents.take_back, consents.take_back, consents.add, consents.add]):
            act(conn, CLINIC, [(who, OFFER)], now=START + timedelta(days=day))
            seen.append(len(consents.of(conn, CLINIC, [who])[who]))
        past = [len(consents.of(conn, CLINIC, [who], known_at=START + timedelta(days=d))[who]) for d in range(-1, 5)]
        kept = conn.execute(sa.select(table.c.turn).order_by(table.c.id)).scalars().all()
    assert (seen, past, kept) == ([1, 0, 0, 1, 1], [0, 1, 0, 0, 1, 1], [0, 1, 2])


def test_reading_events_anew_adds_nothing(database: Database) -> None:
    ctx = known(database)
    row = tell(ctx, EventType.CONSENT_RECORDED, patient=ANA, consent=consent(ctx))
    count = rows(ctx)
    with database.transaction() as conn:
        for _ in range(3):
            enroll.replan(ctx, conn, CLINIC, ANA["id"], cause_event=row)
    assert rows(ctx) == count == 1


def test_archived_or_paused_they_still_get_the_answer(database: Database) -> None:
    ctx = known(database)
    tell(ctx, EventType.PATIENT_ARCHIVED, patient=ANA)
    control.pause(ctx, CLINIC, ANA["id"], by="Okafor", reason="x")
    write(ctx, "ARRET")
    run(ctx)
    assert [o.language for o in sent(ctx)] == ["fr-CA"]
    assert told(ctx) == []
