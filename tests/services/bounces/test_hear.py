"""What people write by e-mail is read by people; a mail that says stop is an opt-out; no mail is ever answered."""

from typing import Any

import pytest

from followup.domain.consent import SuppressionReason
from followup.domain.message import Channel
from followup.domain.patient import ContactPoint
from followup.services.bounces.judge import Deed
from followup.services.bounces.take import Taken, take_bounce
from followup.services.context import Context
from followup.storage import suppressions
from followup.storage.database import Database
from followup.storage.tables import escalations, inbound
from tests.builders import CLINIC, EMAIL, PATIENT, make_clinic, make_patient
from tests.mails import corpus, letter
from tests.services.bounces.parts import heard, mailed, rows, suppressed, told
from tests.services.seeds import run, sent

D = Deed
STOPPED = (EMAIL, SuppressionReason.OPT_OUT.value, None)


def hear(ctx: Context, text: str, **given: str) -> Taken:
    """A person's mail comes in."""
    return take_bounce(ctx, letter(text, **given), door="test")


def test_a_letter_is_kept_for_a_person(database: Database) -> None:
    ctx = mailed(database)
    taken = take_bounce(ctx, corpus("letter"), door="test")
    assert taken.did == (D.TOLD,)
    assert heard(ctx) == [(EMAIL, "Is some redness normal on day two? Merci, à bientôt!", "question")]
    assert rows(ctx, inbound, "patient_id", "channel") == [(PATIENT, "email")]
    assert [kind for kind, _ in told(ctx)] == ["reply"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("STOP", "Re: Your skin, day 1"),
        ("", "unsubscribe"),
        ("Désabonnez-moi.", "Votre peau"),
        ("arrêt\n> Gardez", "Re :"),
    ],
)
def test_a_mail_that_says_stop_stops_mail(database: Database, text: str, subject: str) -> None:
    ctx = mailed(database)
    assert hear(ctx, text, subject=subject).did == (D.OPTED_OUT,)
    assert (suppressed(ctx), told(ctx)) == ([STOPPED], [])
    assert [intent for _, _, intent in heard(ctx)] == ["stop"]


def test_stop_in_the_subject_and_more_is_read_too(database: Database) -> None:
    ctx = mailed(database)
    taken = hear(ctx, "It is bleeding, please call me", subject="stop")
    assert (taken.did, suppressed(ctx)) == ((D.OPTED_OUT, D.TOLD), [STOPPED])
    assert heard(ctx)[0][1] == "stop\n\nIt is bleeding, please call me"


@pytest.mark.parametrize("text", ["cancel", "start", "help", "Please stop by at 3?"])
def test_other_words_are_for_a_person(database: Database, text: str) -> None:
    ctx = mailed(database)
    assert (hear(ctx, text).did, suppressed(ctx)) == ((D.TOLD,), [])


def test_nobody_is_answered_by_mail(database: Database) -> None:
    ctx = mailed(database)
    before = len(sent(ctx, Channel.EMAIL))
    for number, text in enumerate(("STOP", "help", "start")):
        hear(ctx, text, Message_ID=f"<{number}@example.com>")
    run(ctx)
    to = {one.to for one in sent(ctx, Channel.EMAIL)[before:]}
    assert to == {"desk@clinic.example"}


def test_the_same_letter_over_two_ways_is_one(database: Database) -> None:
    ctx = mailed(database)
    hear(ctx, "Hello")
    hear(ctx, "Hello", Received="by another.example")
    hear(ctx, "Hello again")
    assert len(heard(ctx)) == 2


def test_every_spelling_of_a_mailbox_is_stopped(database: Database) -> None:
    point = ContactPoint(Channel.EMAIL, "Ana@example.com", True, "Ana@example.com")
    ctx = mailed(database, patient=make_patient(contact_points=(point,)), channels=(Channel.EMAIL,))
    hear(ctx, "STOP")
    pair = (Channel.EMAIL, "Ana@example.com")
    with database.reading() as conn:
        assert suppressions.active(conn, CLINIC, [pair], ctx.clock.now(), mark=ctx.signer.mark)[pair]
    assert rows(ctx, inbound, "patient_id") == [(PATIENT,)]


@pytest.mark.parametrize("sender", ["care@clinic.example", "Desk <DESK@clinic.example>"])
def test_mail_of_our_own_begins_no_loop(database: Database, sender: str) -> None:
    ctx = mailed(database)
    assert hear(ctx, "STOP", sender=sender).did == ()
    assert (heard(ctx), told(ctx), suppressed(ctx)) == ([], [], [])


def test_strangers_are_read_by_the_clinic_addressed(database: Database) -> None:
    north = make_clinic(id="north", email="north@clinic.example")
    ctx = mailed(database, clinics=(make_clinic(), north))
    hear(ctx, "Do you have time?", sender="who@example.org", To="north@clinic.example", subject="Hello")
    assert rows(ctx, escalations, "clinic_id", "patient_id", "summary") == [
        ("north", None, "somebody whose mailbox is not known wrote to the clinic")
    ]


def test_a_stop_concerns_the_clinics_that_know_the_mailbox(database: Database) -> None:
    ctx = mailed(database, clinics=(make_clinic(id="north", email="north@clinic.example"), make_clinic(email="")))
    hear(ctx, "STOP", To="followup@mail.example")
    assert suppressed(ctx) == [STOPPED]
    assert rows(ctx, inbound, "clinic_id") == [(CLINIC,)]


@pytest.mark.parametrize("given", [{"sender": ""}, {"sender": "no mailbox"}, {"To": ""}])
def test_a_letter_without_addresses_is_kept(database: Database, given: dict[str, Any]) -> None:
    ctx = mailed(database)
    assert hear(ctx, "Hello", **given).did == (D.TOLD,)
