"""A rehearsal: every text to one person on staff, marked, and to nobody else."""

import pytest

from followup.domain.clinic import StaffMember
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.message import Channel
from followup.services.campaigns.rehearse import rehearse
from followup.services.context import Context
from followup.storage.database import Database
from tests.builders import CLINIC, make_clinic, make_ctx
from tests.services.campaigns.parts import drafted, people
from tests.services.seeds import sent

OKAFOR = StaffMember("RN Okafor", "clinician", sms="+14165550143", email="okafor@clinic.example")


def _ctx(database: Database, **environ: str) -> Context:
    return make_ctx(database, clinics=(make_clinic(staff=(OKAFOR,)),), environ=environ)


def test_staff_get_every_text_marked(sqlite: Database) -> None:
    ctx = _ctx(sqlite)
    people(ctx, 2)
    done = rehearse(ctx, CLINIC, drafted(ctx).id, to="rn okafor", by="Mia")
    assert {(one.language, one.channel) for one in done} == {(x, c) for x in ("en-CA", "fr-CA") for c in Channel}
    assert {m.to for m in sent(ctx)} == {OKAFOR.sms}
    assert {m.to for m in sent(ctx, Channel.EMAIL)} == {OKAFOR.email}
    assert all(m.text.startswith("[TEST]") for m in sent(ctx))


def test_trial_mode_keeps_a_rehearsal_to_its_list(sqlite: Database) -> None:
    ctx = _ctx(sqlite, FOLLOWUP_TRIAL_ALLOW="nobody@*")
    done = rehearse(ctx, CLINIC, drafted(ctx).id, to="clinician", by="Mia")
    assert all("trial" in one.problem for one in done)
    assert sent(ctx) == []


def test_a_stranger_gets_no_rehearsal(sqlite: Database) -> None:
    ctx = _ctx(sqlite)
    with pytest.raises(NotFound, match="RN Okafor"):
        rehearse(ctx, CLINIC, drafted(ctx).id, to="+14165550199", by="Mia")


def test_a_text_about_a_treatment_is_refused(sqlite: Database) -> None:
    ctx = _ctx(sqlite)
    one = drafted(ctx, template="booking/reminder", **{"class": "transactional"})
    with pytest.raises(InvalidInput, match="visit"):
        rehearse(ctx, CLINIC, one.id, to="RN Okafor", by="Mia")
