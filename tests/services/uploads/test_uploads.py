"""A list becomes an audience once it is clean, or by an explicit choice without its faulty rows."""

import csv
import io
from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from followup.domain.errors import Conflict, InvalidInput, NotFound
from followup.domain.ids import PatientId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import ContactPoint, PatientStatus
from followup.domain.upload import UploadState
from followup.services.campaigns import steer
from followup.services.context import Context
from followup.services.segments import choose, keep
from followup.services.uploads import accept, check, remove, report
from followup.services.uploads.check import Taken
from followup.storage import audit, consents, patients
from followup.storage.database import Database
from followup.storage.tables import upload_rows
from tests.builders import CLINIC, PHONE, make_ctx, make_patient
from tests.services.campaigns.parts import drafted
from tests.services.seeds import seed

HEADER = "id,given_name,family_name,mobile,email,consent,consent_channel,consent_date,consent_evidence"
ANA = "P-17,Ana,Silva,,,,,,"
ZOE = ",Zoé,Roy,416-555-0188,zoe@example.com,promo,sms,2026-01-15,intake form v3"
WRONG = ",=cmd|' /C calc'!A0,Roy,416-555-0199,,,,,"


@pytest.fixture
def ctx(database: Database) -> Context:
    """Ana is known."""
    made = make_ctx(database)
    seed(made)
    return made


def bring(ctx: Context, rows: Iterable[str], *, clean_rows_only: bool = False) -> Taken:
    """Bring a list of these rows."""
    content = "\n".join([HEADER, *rows]).encode()
    return check.take(ctx, CLINIC, io.BytesIO(content), name="list.csv", by="Roy", clean_rows_only=clean_rows_only)


def kept(ctx: Context) -> int:
    """How many rows of lists there are."""
    with ctx.db.reading() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(upload_rows)) or 0


def test_a_clean_list_is_an_audience_at_once(ctx: Context) -> None:
    upload = bring(ctx, [ANA, ZOE]).upload
    assert (upload.state, upload.rows, upload.faulty, upload.new) == (UploadState.READY, 2, 0, 1)
    assert choose.count(ctx, CLINIC, {"upload": upload.id}) == 2
    assert choose.count(ctx, CLINIC, {"upload": upload.id, "consent": {"class": "promo", "channel": "sms"}}) == 1
    again = bring(ctx, [ANA, ZOE]).upload
    assert (again.state, again.new) == (UploadState.READY, 0)


def test_a_new_person_has_the_stated_consent_only(ctx: Context) -> None:
    upload = bring(ctx, [ZOE]).upload
    zoe = PatientId(f"{upload.id}-2")
    with ctx.db.reading() as conn:
        found = patients.get(conn, CLINIC, zoe)
        (given,) = consents.of(conn, CLINIC, [zoe])[zoe]
        rows = conn.execute(sa.select(upload_rows.c.cells)).scalars().all()
    assert found is not None
    assert [p.value for p in found.contact_points] == ["+14165550188", "zoe@example.com"]
    assert (given.message_class, given.channel) == (MessageClass.PROMO, Channel.SMS)
    assert (given.evidence, given.actor, given.source) == ("intake form v3", "Roy", f"upload {upload.id}")
    assert rows == [None]  # what the row said is in the person's record now, and nowhere else


def test_faulty_rows_keep_the_whole_list_out(ctx: Context) -> None:
    taken = bring(ctx, [ANA, ZOE, WRONG])
    assert (taken.upload.state, taken.upload.sound) == (UploadState.FAULTY, 2)
    assert [(f.row, f.column, f.reason) for f in taken.faults] == [(4, "given_name", "is a formula")]
    assert choose.count(ctx, CLINIC, {"upload": taken.upload.id}) == 0
    with pytest.raises(Conflict, match="1 rows are faulty"):
        accept.accept(ctx, CLINIC, taken.upload.id, by="Roy")


@pytest.mark.parametrize("at_once", [True, False])
def test_clean_rows_go_by_an_explicit_choice(ctx: Context, at_once: bool) -> None:
    upload = bring(ctx, [ANA, ZOE, WRONG], clean_rows_only=at_once).upload
    if not at_once:
        upload = accept.accept(ctx, CLINIC, upload.id, by="Roy", clean_rows_only=True)
    assert (upload.state, upload.sound) == (UploadState.READY, 2)
    assert choose.count(ctx, CLINIC, {"upload": upload.id}) == 2
    with ctx.db.reading() as conn:
        done = [(e["action"], e["detail"].get("left_out")) for e in audit.about(conn, CLINIC, subject=upload.id)]
    assert done == [("upload.accepted", 1), ("upload.checked", None)]


def test_the_error_file_can_be_mended_and_brought_again(ctx: Context) -> None:
    upload = bring(ctx, [ANA, WRONG]).upload
    lines = "".join(report.error_file(ctx, CLINIC, upload.id, by="Roy"))
    header, row = csv.reader(io.StringIO(lines.removeprefix("\ufeff")))
    assert header[-2:] == ["problem_row", "problem"]
    assert row[1].startswith("'=cmd|")
    assert row[-2:] == [
        "3",
        "given_name: is a formula (write the value itself; nothing that begins with = + - @ is read)",
    ]
    again = check.take(ctx, CLINIC, io.BytesIO(lines.replace("'=cmd|' /C calc'!A0", "Bo").encode()), name="b", by="Roy")
    assert (again.upload.state, again.upload.new, again.remarks) == (UploadState.READY, 1, ())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("P-99,Bo,,,,,,,", ("id", "is no patient of the clinic")),
        ("P-99,,,416-555-0177,,,,,", ("given_name", "is missing for a person nobody knows yet")),
        ("P-17,Bo,Roy,,,,,,", ("given_name", "is not the name of this patient")),
        ("P-17,,,416-555-0177,,,,,", ("mobile", "is not an address of this patient")),
        (f",Bo,Silva,{PHONE},,,,,", ("given_name", "is not the name of the patient who has this number or address")),
        (",,,416-555-0166,,,,,", ("mobile", "belongs to 2 patients")),
        ("P-21,,,,,,,,", ("id", "the patient is deceased")),
        ("P-17,ANA,silva,,,,,,,extra", ("", "has more cells than the header")),
    ],
)
def test_whom_a_row_means_is_never_guessed(ctx: Context, row: str, fault: tuple[str, str]) -> None:
    shared = (ContactPoint(Channel.SMS, "+14165550166", valid=True),)
    with ctx.db.transaction() as conn:
        twins = [make_patient(id=PatientId(f"P-1{n}"), contact_points=shared) for n in (8, 9)]
        gone = make_patient(id=PatientId("P-21"), status=PatientStatus.DECEASED, contact_points=())
        patients.put_many(conn, [*twins, gone], ctx.clock.now())
    (found,) = bring(ctx, [row]).faults
    assert (found.column, found.reason) == fault


def test_a_person_stands_in_a_list_once(ctx: Context) -> None:
    taken = bring(ctx, [ANA, f",Ana,,{PHONE},,,,,", ZOE, ",Zoe,,,zoe2@example.com,,,,", ",Zoé,,4165550188,,,,,"])
    assert [(f.row, f.reason) for f in taken.faults] == [
        (3, "means the same person as row 2"),
        (6, "means the same person as row 4"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEADER.encode(), "the list has a header and no rows"),
        (HEADER.encode() + b"\nP-9" * 100_001, "the list has more than 100,000 rows"),
        (b"name,shoe\nx,1", "row 1 names no column that says who is meant"),
        (HEADER.encode() + b"\n" + b"P-9,,,,,,,,\n" * 600 + b'P-9,"', "is no CSV"),
        ("id,prénom\n1,é".encode("mac-roman"), "the file's encoding cannot be told"),
    ],
)
def test_of_a_file_that_is_no_list_nothing_is_kept(ctx: Context, content: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        check.take(ctx, CLINIC, io.BytesIO(content), name="x.csv", by="Roy")
    assert (report.listing(ctx, CLINIC), kept(ctx)) == ([], 0)


def test_a_list_of_another_clinic_is_not_found(ctx: Context) -> None:
    with pytest.raises(NotFound, match="there is no upload upl_9"):
        report.show(ctx, CLINIC, "upl_9")


def test_a_list_in_use_cannot_be_deleted(ctx: Context) -> None:
    upload = bring(ctx, [ANA, ZOE]).upload
    keep.save(ctx, CLINIC, "listed", definition={"not": {"upload": upload.id}}, by="Roy")
    campaign = drafted(ctx, audience={"upload": upload.id})
    with pytest.raises(Conflict, match=f"used by segment listed, campaign {campaign.id}"):
        remove.remove(ctx, CLINIC, upload.id, by="Roy")
    keep.delete(ctx, CLINIC, "listed", by="Roy")
    steer.cancel(ctx, CLINIC, campaign.id, by="Mia", reason="another list")
    remove.remove(ctx, CLINIC, upload.id, by="Roy")
    assert kept(ctx) == 0
    assert bring(ctx, [ANA, ZOE]).upload.new == 0  # whom it brought is still known
