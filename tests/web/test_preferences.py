"""The preferences page: what it shows, what each choice does in the same transaction, and that only a POST acts."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.consent import ConsentKind
from followup.domain.message import Channel, Hold, MessageClass
from followup.domain.patient import PatientStatus
from followup.services import control, enroll, permit
from followup.services.consents import enter
from followup.services.links import LinkKind
from followup.storage import consents, events, messages, patients
from followup.storage.tables import audit
from tests.builders import CLINIC, EMAIL, PATIENT, PHONE, make_body, make_event, make_message, make_patient
from tests.fakes import FakeClock
from tests.services.seeds import run, seed, sent, stored
from tests.web.site import Site
from tests.web.test_pages import link, phone, stopped

USUAL = {f"{kind}:{channel}" for kind in ("care", "checkin", "transactional") for channel in ("sms", "email")}
PROMO = "promo:email"


@pytest.fixture
def path(site: Site) -> str:
    """Ana's page, by the link of an e-mail; the clinic's system has told of her."""
    with site.ctx.db.transaction() as conn:
        events.add(conn, make_event(), "digest")
    return link(site, LinkKind.PREFERENCES, channel=Channel.EMAIL)


def ticked(site: Site, path: str) -> set[str]:
    """The boxes that are on."""
    page = site.http.get(path).text
    return set(re.findall(r'name="on" value="([^"]+)"[^>]* checked', page))


def post(site: Site, path: str, **form: Any) -> str:
    """Send the form and return the page it leads to."""
    answer = site.http.post(path, data={"do": "save", "language": "en-CA", "spoken": "en-CA", **form})
    assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)
    return site.http.get(answer.headers["location"]).text


def choose(site: Site, path: str, *, add: str = "", drop: str = "") -> None:
    """Change one box of what is shown."""
    shown = ticked(site, path)
    post(site, path, shown=sorted(shown), on=sorted((shown | {add}) - {drop, ""}))


def ledger(site: Site) -> list[tuple[str, str, ConsentKind, bool, str]]:
    with site.ctx.db.reading() as conn:
        found = consents.of(conn, CLINIC, [PATIENT])[PATIENT]
    return [(c.message_class or "all", c.channel or "all", c.kind, c.withdrawn, c.actor) for c in found]


def patient(site: Site) -> Any:
    with site.ctx.db.reading() as conn:
        return patients.get(conn, CLINIC, PATIENT)


def test_the_page_shows_choices_and_no_patient(site: Site, path: str) -> None:
    page = site.http.get(path).text
    assert ticked(site, path) == USUAL
    assert not [word for word in ("Ana", "Silva", PHONE, EMAIL, "P-17", "SkinPen") if word in page]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_the_page_changes_nothing(site: Site, path: str, method: str) -> None:
    site.http.request(method, path, params={"do": "stop", "on": "promo:email", "language": "fr-CA"})
    assert (ticked(site, path), ledger(site), stopped(site)) == (USUAL, [], [])


def test_a_box_taken_away_ends_that_class(site: Site, path: str) -> None:
    choose(site, path, drop="checkin:email")
    assert ticked(site, path) == USUAL - {"checkin:email"}
    assert ledger(site) == [("checkin", "email", ConsentKind.EXPRESS, True, "patient")]


def test_a_box_can_be_ticked_again_at_once(site: Site, path: str) -> None:
    for _ in range(2):
        choose(site, path, drop="checkin:email")
        assert "checkin:email" not in ticked(site, path)
        choose(site, path, add="checkin:email")
        assert "checkin:email" in ticked(site, path)


def test_ticking_offers_is_an_express_consent(site: Site, path: str) -> None:
    choose(site, path, add=PROMO)
    assert ticked(site, path) == USUAL | {PROMO}
    with site.ctx.db.reading() as conn:
        (entry,) = consents.of(conn, CLINIC, [PATIENT])[PATIENT]
    assert (entry.message_class, entry.kind, entry.wording) == (
        MessageClass.PROMO,
        ConsentKind.EXPRESS,
        "preferences page 1",
    )
    assert "preferences page, link of msg_1" in entry.evidence


def test_saving_an_old_page_undoes_nothing(site: Site, path: str) -> None:
    act = enter.Act(MessageClass.PROMO, Channel.EMAIL, "form v3")
    enter.give(site.ctx, CLINIC, PATIENT, act=act, by="Okafor")
    post(site, path, shown=sorted(USUAL), on=sorted(USUAL))
    assert PROMO in ticked(site, path)


def test_the_language_is_the_patients_own(site: Site, path: str) -> None:
    page = post(site, path, shown=sorted(USUAL), on=sorted(USUAL), language="fr-CA")
    assert '<html lang="fr-CA"' in page
    assert patient(site).language == "fr-CA"


def test_what_the_clinic_repeats_leaves_the_language(site: Site, path: str) -> None:
    post(site, path, shown=sorted(USUAL), on=sorted(USUAL), language="fr-CA")
    site.send(make_body())
    with site.ctx.db.reading() as conn:
        told = [e.row_id for e in events.listing(conn, CLINIC, states=(), limit=10)]
    enroll.process_events(site.ctx, told)
    assert patient(site).language == "fr-CA"


def test_a_pause_holds_all_and_ends_itself(site: Site, path: str) -> None:
    later = make_message(id="msg_9", enrollment_id=None, due_at=site.ctx.clock.now() + timedelta(days=40))
    seed_second(site, later)
    assert "Paused" in post(site, path, do="pause")
    assert stored(site.ctx, "msg_9").hold is Hold.PATIENT_PAUSED
    pass_days(site, 30)
    assert control.end_pauses(site.ctx) == 1
    assert (stored(site.ctx, "msg_9").hold, patient(site).paused_until) == (None, None)


def seed_second(site: Site, message: Any) -> None:
    with site.ctx.db.transaction() as conn:
        messages.add(conn, [message], site.ctx.clock.now())


def pass_days(site: Site, days: int) -> None:
    assert isinstance(site.ctx.clock, FakeClock)
    site.ctx.clock.advance(timedelta(days=days))


def test_a_patient_ends_no_pause_of_staff(site: Site, path: str) -> None:
    seed_second(site, make_message(id="msg_9", enrollment_id=None))
    control.pause(site.ctx, CLINIC, PATIENT, by="Okafor", reason="red flag")
    post(site, path, do="pause")
    post(site, path, do="resume")
    assert (stored(site.ctx, "msg_9").hold, patient(site).paused) == (Hold.PATIENT_PAUSED, "red flag")


def test_stopping_everything_covers_every_address(site: Site, path: str) -> None:
    assert "Stopped" in post(site, path, do="stop")
    assert [(channel, address) for channel, address, _ in stopped(site)] == [("sms", PHONE), ("email", EMAIL)]
    assert ledger(site) == [("all", "all", ConsentKind.EXPRESS, True, "patient")]


def test_saving_boxes_lifts_no_stop(site: Site, path: str) -> None:
    permit_stop(site, EMAIL)
    post(site, path, on=sorted(USUAL), shown=[])
    assert len(stopped(site)) == 1
    assert {channel for _, channel, *_ in ledger(site)} == {"sms"}


def permit_stop(site: Site, address: str) -> None:
    assert permit.stop_address(site.ctx, CLINIC, address)


def test_the_express_wish_lifts_ones_own_stop(site: Site, path: str) -> None:
    permit_stop(site, EMAIL)
    assert "Yes, I want e-mails again" in site.http.get(path).text
    post(site, path, again="email")
    assert ticked(site, path) == USUAL
    given = {
        (kind, channel) for kind, channel, how, ended, _ in ledger(site) if how is ConsentKind.EXPRESS and not ended
    }
    assert given == {("care", "email"), ("checkin", "email"), ("transactional", "email")}


def test_a_link_lifts_no_stop_of_another_address(site: Site, path: str) -> None:
    permit_stop(site, PHONE)
    assert "reply START" in site.http.get(path).text
    post(site, path, again="sms")
    with site.ctx.db.reading() as conn:
        assert permit.is_suppressed(site.ctx, conn, clinic_id=CLINIC, channel=Channel.SMS, address=PHONE)


def test_every_choice_stands_in_the_audit(site: Site, path: str) -> None:
    choose(site, path, drop="care:sms")
    with site.ctx.db.reading() as conn:
        told = [(r.action, r.actor, r.detail) for r in conn.execute(sa.select(audit).where(audit.c.actor == "patient"))]
    assert ("preferences.saved", "patient", {"did": ["-care:sms"]}) in told
    assert "consent.withdrawn" in {action for action, _, _ in told}


def test_the_dead_have_no_page(site: Site, path: str) -> None:
    with site.ctx.db.transaction() as conn:
        patients.put(conn, make_patient(status=PatientStatus.DECEASED), site.ctx.clock.now())
    answer = site.http.get(path)
    assert (answer.status_code, phone(site) in answer.text) == (404, True)


@pytest.mark.parametrize(
    "form", [{"on": "x"}, {"on": ":sms"}, {"language": "xx-XX"}, {"do": "drop table"}, {"again": "fax"}]
)
def test_strange_fields_change_nothing(site: Site, path: str, form: dict[str, str]) -> None:
    post(site, path, **({"shown": sorted(USUAL), "on": sorted(USUAL)} | form))
    assert (stopped(site), patient(site).language) == ([], "en-CA")


def test_a_class_that_was_ended_is_not_sent(site: Site, path: str) -> None:
    choose(site, path, drop="care:email")
    taken = len(sent(site.ctx, Channel.EMAIL))
    seed(site.ctx, number=2, channels=(Channel.EMAIL,))
    run(site.ctx)
    assert (len(sent(site.ctx, Channel.EMAIL)), stored(site.ctx, "msg_2").reason) == (taken, "no_consent")
