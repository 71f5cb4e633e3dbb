"""Suppressions as CSV: safe in a spreadsheet, back in again as they were, and broken rows told by row and column."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.consent import SuppressionReason
from followup.domain.errors import InvalidInput
from followup.domain.ids import ClinicId
from followup.domain.message import Channel
from followup.domain.offset import Offset
from followup.services import permit
from followup.services.consents import carry, silence
from followup.services.consents.carry import RowFault
from followup.services.context import Context
from followup.storage.database import Database
from followup.storage.tables import audit
from followup.storage.tables import suppressions as table
from tests.builders import CLINIC, EMAIL, PHONE, make_clinic, make_ctx

HEAD = "channel,address,reason"
NORTH = ClinicId("north")


def read(ctx: Context, *rows: str, head: str = HEAD, **more: bool) -> carry.Imported:
    return carry.read(ctx, CLINIC, "\n".join([head, *rows]).encode(), by="Okafor", **more)


def standing(ctx: Context, clinic: ClinicId = CLINIC) -> list[tuple[str, str, str]]:
    return [(s.channel, s.address, s.reason) for s in (one.suppression for one in silence.listing(ctx, clinic))]


def exported(ctx: Context) -> str:
    return "".join(carry.write(ctx, CLINIC, by="Okafor"))


def test_sound_rows_are_stored_in_normal_form(database: Database) -> None:
    ctx = make_ctx(database)
    done = read(ctx, "sms,416-555-0123,opt_out", "EMAIL,Ana@EXAMPLE.com , Complaint", "", "sms,+14165550123,opt_out")
    assert done == carry.Imported(2, 1, (), True)
    assert standing(ctx) == [("sms", PHONE, "opt_out"), ("email", "Ana@example.com", "complaint")]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("fax,+14165550123,opt_out", "channel", "must be one of sms, email"),
        ("sms,12,opt_out", "address", "is no phone number"),
        ("email,nobody,opt_out", "address", "is no e-mail address"),
        ("sms,,opt_out", "address", "is no phone number"),
        ("sms,+14165550123,angry", "reason", "must be one of opt_out, hard_bounce, complaint, wrong_person"),
        ("sms,+14165550123,", "reason", "must be one of opt_out"),
        ("sms,+14165550123", "reason", "must be one of opt_out"),
        ("sms,+14165550123,opt_out,promos", "scope", "must be one of care"),
        ("sms,+14165550123,opt_out,,2099-01-01", "since", "lies in the future"),
        ("sms,+14165550123,opt_out,,yesterday", "since", "is no date"),
        ("sms,+14165550123,opt_out,,2026-01-01T10:00", "since", "has no offset"),
        ("sms,+14165550123,opt_out,,,2027-01-01", "until", "opt_out never ends by itself"),
        ("email,ana@example.com,hard_bounce,,,2026-01-01", "until", "lies in the past"),
        ("sms,+14165550123,opt_out,,,,,more", "", "has more cells than the header"),
        ("sms,+14165550123,opt_out,,,,2026-01-01", "released_at", "was released"),
    ],
)
def test_a_broken_row_names_row_column_and_reason(database: Database, row: str, column: str, reason: str) -> None:
    ctx = make_ctx(database)
    done = read(ctx, "sms,+14165550199,legal", row, head=f"{HEAD},scope,since,until,released_at")
    (fault,) = done.faults
    assert (fault.row, fault.column, done.stored) == (3, column, False)
    assert fault.reason.startswith(reason)
    assert standing(ctx) == []


def test_clean_rows_are_stored_on_request_only(database: Database) -> None:
    ctx = make_ctx(database)
    done = read(ctx, "sms,+14165550199,legal", "sms,nonsense,legal", clean_only=True)
    assert (done.new, done.faults) == (1, (RowFault(3, "address", "is no phone number"),))
    assert standing(ctx) == [("sms", "+14165550199", "legal")]


def test_no_fault_repeats_what_stood_there(database: Database) -> None:
    done = read(make_ctx(database), "sms,Zebediah,Zebediah", "Zebediah,x,y", "email,Zebediah,legal")
    assert "Zebediah" not in repr(done)


@pytest.mark.parametrize(
    "content",
    [b"", b"name,reason\nx,y\n", "é".encode("latin-1"), b"channel,address,reason\nsms,\"+1416\n", b"\xff\xfe\x00"],
)  # fmt: skip
def test_what_is_no_such_file_is_one_line(database: Database, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        carry.read(make_ctx(database), CLINIC, content, by="Okafor")


@pytest.mark.parametrize(("mark", "start"), [(";", ""), ("\t", ""), (",", "\ufeff")])
def test_spreadsheets_of_other_lands_are_read(database: Database, mark: str, start: str) -> None:
    ctx = make_ctx(database)
    text = (
        start + mark.join(["Reason", "Channel", "Address", "Note"]) + "\r\n" + mark.join(["legal", "sms", PHONE, "x"])
    )
    assert carry.read(ctx, CLINIC, text.encode(), by="Okafor").new == 1


def test_an_export_comes_back_as_it_was(database: Database) -> None:
    ctx = make_ctx(database, clinics=(make_clinic(), make_clinic(id=NORTH)))
    read(ctx, f"sms,{PHONE},opt_out", f"email,{EMAIL},hard_bounce")
    with database.transaction() as conn:
        conn.execute(sa.update(table).where(table.c.channel == "email").values(address=""))
    done = carry.read(ctx, NORTH, exported(ctx).encode(), by="Okafor")
    assert done == carry.Imported(2, 0, (), True)
    assert sorted(standing(ctx, NORTH)) == sorted(standing(ctx))
    pair = (Channel.EMAIL, EMAIL)
    with database.reading() as conn:
        assert permit.is_suppressed(ctx, conn, clinic_id=NORTH, channel=pair[0], address=pair[1])


def test_an_import_keeps_when_it_began(database: Database) -> None:
    ctx = make_ctx(database)
    read(ctx, f"sms,{PHONE},opt_out,2024-05-06", head=f"{HEAD},since")
    (one,) = silence.listing(ctx, CLINIC)
    assert str(one.suppression.since) == "2024-05-06 00:00:00+00:00"


def test_a_cell_is_never_a_formula(database: Database) -> None:
    ctx = make_ctx(database)
    silence.add(ctx, CLINIC, channel=Channel.SMS, address=PHONE, reason=SuppressionReason.LEGAL, by="=cmd|' /C x'!A0",
                why="x")  # fmt: skip
    for cells in csv.reader(io.StringIO(exported(ctx))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert f"'{PHONE}" in exported(ctx)


@given(st.text(max_size=20))
def test_any_cell_comes_back_and_does_nothing(cell: str) -> None:
    safe = carry._safe(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert carry._unsafe(safe) in {cell.strip(" \u00a0"), cell, cell[1:]}


def test_a_thousand_rows_are_one_audited_act(database: Database) -> None:
    ctx = make_ctx(database)
    rows = [f"sms,+1416555{n:04d},opt_out" for n in range(1000)]
    assert [read(ctx, *rows).new, read(ctx, *rows).new] == [1000, 0]
    with database.reading() as conn:
        acts = [r.detail for r in conn.execute(sa.select(audit).where(audit.c.action == "suppression.imported"))]
    assert acts == [{"rows": 1000, "new": 1000}, {"rows": 1000, "new": 0}]
    assert len(list(silence.listing(ctx, CLINIC))) == 1000


def test_the_clinics_life_of_soft_reasons_holds_for_imports(database: Database) -> None:
    ctx = make_ctx(database, clinics=(make_clinic(suppression_expiry={"hard_bounce": Offset(days=10)}),))
    read(ctx, f"email,{EMAIL},hard_bounce")
    (one,) = silence.listing(ctx, CLINIC)
    assert one.suppression.until == ctx.clock.now() + timedelta(days=10)
