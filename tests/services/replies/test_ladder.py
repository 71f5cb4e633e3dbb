"""A red flag climbs the ladder until a named person accepts it; closing it lets the patient on."""

import re
from datetime import timedelta
from typing import Any

import pytest

from followup.domain.clinic import StaffMember
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.message import Channel, MessageState
from followup.domain.outcome import Transient
from followup.services import answer
from followup.services.alerts import handle
from followup.services.context import Context
from followup.storage import audit, escalations, patients
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, PHONE, make_clinic, make_ctx, make_patient
from tests.fakes import inbound_request
from tests.services.seeds import fake, run, seed, sent, state, stored

NURSE, LEAD = "+14165550143", "+14165550144"
STAFF = (
    StaffMember("Front desk", "front_desk", email="desk@clinic.example"),
    StaffMember("RN Okafor", "clinician", sms=NURSE, email="okafor@clinic.example"),
    StaffMember("Dr Roy", "owner", sms=LEAD),
)


def manned(database: Database, **changes: Any) -> Context:
    """A clinic with a ladder of three that knows Ana."""
    given = {"staff": STAFF, "ladder": ("front_desk", "clinician", "owner"), "alerts_to": ("desk@clinic.example",)}
    ctx = make_ctx(database, clinics=(make_clinic(**{**given, **changes}),))
    with database.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    return ctx


def write(ctx: Context, text: str, *, ref: str = "in-1", sender: str = PHONE) -> None:
    """The carrier hands over a text."""
    answer.take_inbound(ctx, inbound_request(text, sender=sender, ref=ref))


def matter(ctx: Context) -> Escalation:
    """The only escalation."""
    with ctx.db.reading() as conn:
        (one,) = escalations.listing(conn, CLINIC, states=list(EscalationState))
    return one


def pass_time(ctx: Context, minutes: int) -> None:
    """Both clocks go on, and the sweep does what is due."""
    ctx.clock.advance(timedelta(minutes=minutes))  # type: ignore[attr-defined]
    ctx.ops.advance(timedelta(minutes=minutes))  # type: ignore[attr-defined]
    run(ctx)


def texted(ctx: Context) -> list[str]:
    """Whom on staff a text went to, in order."""
    return [o.to for o in sent(ctx) if o.to != PHONE]


def deeds(ctx: Context) -> list[str]:
    """What the audit tells of escalations."""
    with ctx.db.reading() as conn:
        found = audit.about(conn, CLINIC, subject=matter(ctx).id)
    return sorted(str(e["action"]) for e in found)


def test_an_emergency_climbs_until_the_ladder_ends(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "I can't breathe")
    run(ctx)
    assert texted(ctx) == [NURSE]
    pass_time(ctx, 10)
    assert texted(ctx) == [NURSE, LEAD]
    for _ in range(20):
        pass_time(ctx, 60)
    assert texted(ctx) == [NURSE, LEAD] + [NURSE, LEAD] * 6
    assert matter(ctx).next_rung_at is None


def test_who_accepts_stops_the_ladder(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "I can't breathe")
    run(ctx)
    handle.acknowledge(ctx, CLINIC, matter(ctx).id, by="RN Okafor")
    pass_time(ctx, 600)
    assert texted(ctx) == [NURSE]
    assert deeds(ctx) == ["escalation.acknowledged", "escalation.opened", "escalation.told"]


@pytest.mark.parametrize("words", ["OK", "ok!", "oui"])
def test_ok_from_a_told_number_accepts(database: Database, words: str) -> None:
    ctx = manned(database)
    write(ctx, "my tongue is swelling")
    run(ctx)
    write(ctx, words, sender=NURSE, ref="in-2")
    assert (matter(ctx).state, matter(ctx).acknowledged_by) == (EscalationState.ACKNOWLEDGED, "RN Okafor")


def test_ok_from_who_was_not_told_accepts_nothing(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "my tongue is swelling")
    write(ctx, "ok", sender=LEAD, ref="in-2")
    with ctx.db.reading() as conn:
        found = escalations.listing(conn, CLINIC, states=list(EscalationState))
    assert {one.state for one in found} == {EscalationState.OPEN}


def test_one_ok_takes_over_one_of_two(database: Database) -> None:
    ctx = manned(database)
    for ref, words in (("in-1", "my tongue is swelling"), ("in-2", "I can't breathe")):
        write(ctx, words, ref=ref)
    run(ctx)
    write(ctx, "ok", sender=NURSE, ref="in-3")
    run(ctx)
    assert "several alerts are open" in sent(ctx)[-1].text
    assert flags(ctx) == [(None, "open"), (None, "open")]
    alert = next(o.text for o in sent(ctx) if o.to == NURSE)
    write(ctx, re.findall(r"OK \d{4}", alert)[0], sender=NURSE, ref="in-4")
    assert sorted(flags(ctx), key=str) == [("RN Okafor", "acknowledged"), (None, "open")]


def flags(ctx: Context) -> list[tuple[str | None, str]]:
    """Who took over what, and how it stands."""
    with ctx.db.reading() as conn:
        found = escalations.listing(conn, CLINIC, states=list(EscalationState))
    return [(one.acknowledged_by, one.state.value) for one in found if one.kind.value == "red_flag"]


def test_the_text_to_staff_names_no_patient(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "I can't breathe, Ana Silva")
    run(ctx)
    (told,) = [o for o in sent(ctx) if o.to == NURSE]
    assert "EMERGENCY" in told.text
    assert not [word for word in ("Ana", "Silva", PHONE, "breathe") if word in told.text]


def test_what_is_urgent_waits_for_opening_hours(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "my cheek is oozing")
    run(ctx)
    first = matter(ctx)
    assert (first.rung, texted(ctx)) == (1, [])
    pass_time(ctx, 60)
    assert texted(ctx) == [NURSE]


def test_a_carrier_that_is_away_is_asked_again(database: Database) -> None:
    ctx = manned(database, staff=STAFF[1:], ladder=("owner",))
    fake(ctx).script.append(Transient("connect", "refused"))
    write(ctx, "I can't breathe")
    with ctx.db.reading() as conn:
        claimed = escalations.listing(conn, CLINIC, states=list(EscalationState))
    handle.tell(ctx, [claimed[0].id])
    assert matter(ctx).rung == 0
    handle.tell(ctx, [claimed[0].id])
    assert (matter(ctx).rung, texted(ctx)) == (1, [LEAD])


def test_trial_mode_texts_only_allowed_staff(database: Database) -> None:
    ctx = manned(database)
    trial = ctx.settings.model_copy(update={"mode": "trial", "trial_allow": (LEAD,)})
    ctx = make_ctx(database, clinics=ctx.clinics.all(), settings=trial)
    write(ctx, "I can't breathe")
    run(ctx)
    pass_time(ctx, 10)
    assert set(texted(ctx)) <= {LEAD}


@pytest.mark.parametrize(("later", "ended"), [(timedelta(hours=1), False), (timedelta(days=30), True)])
def test_closing_lets_on_what_is_not_too_late(database: Database, later: timedelta, ended: bool) -> None:
    ctx = manned(database)
    seed(ctx, channels=(Channel.SMS,), expires_at=ctx.clock.now() + timedelta(days=60))
    write(ctx, "bleeding won't stop")
    ctx.clock.advance(later)  # type: ignore[attr-defined]
    handle.close(ctx, CLINIC, matter(ctx).id, by="RN Okafor", note="phoned")
    with ctx.db.reading() as conn:
        patient = patients.get(conn, CLINIC, PATIENT)
    assert patient is not None
    assert patient.paused is None
    assert (stored(ctx).hold, state(ctx) is MessageState.SKIPPED) == (None, ended)


def test_a_second_red_flag_keeps_the_hold(database: Database) -> None:
    ctx = manned(database)
    write(ctx, "bleeding won't stop")
    first = matter(ctx).id
    write(ctx, "my tongue is swelling", ref="in-2")
    handle.close(ctx, CLINIC, first, by="RN Okafor")
    with ctx.db.reading() as conn:
        patient = patients.get(conn, CLINIC, PATIENT)
        rest = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    assert patient is not None
    assert patient.paused == f"red flag: emergency, {rest[0].subject}"
