"""From draft to end: who may do what, and what is refused with its cure."""

from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.campaign import CampaignState, Pace
from followup.domain.errors import Conflict, FollowupError, Forbidden, InvalidInput, NotFound
from followup.services.campaigns import decide, draft, steer
from followup.storage.database import Database
from followup.storage.tables import audit
from tests.builders import CLINIC, make_clinic, make_ctx
from tests.services.campaigns.parts import drafted, go_on, launched, people, written

C = CampaignState
PROMO: dict[str, Any] = {"class": "promo", "template": "skinpen-microneedling/maintenance"}


def test_a_campaign_goes_from_draft_to_end(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 3)
    one = launched(ctx)
    go_on(ctx, 1)
    assert draft.get(ctx, CLINIC, one.id).state is C.FINISHED
    with database.reading() as conn:
        acts = list(conn.scalars(sa.select(audit.c.action).where(audit.c.subject == one.id).order_by(audit.c.id)))
    assert acts == [f"campaign.{act}" for act in ("drafted", "submitted", "approved", "launched", "frozen", "finished")]


@pytest.mark.parametrize(("changes", "pointer"), [
    ({"pace": {"per_minute": 0}}, "/pace/per_minute"), ({"class": "promo"}, "/template"),
    ({"template": "campaign/nothing"}, "/template"), ({"audience": {}}, "/audience"), ({"class": "reply"}, "/class"),
    ({"audience": {"shoe_size": 44}}, "/audience"), ({"channels": []}, "/channels"),
])  # fmt: skip
def test_a_faulty_definition_is_refused_by_place(sqlite: Database, changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        drafted(make_ctx(sqlite), **changes)
    assert refused.value.faults[0].pointer.startswith(pointer)


def test_an_audience_of_nobody_is_refused(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    with pytest.raises(InvalidInput, match="nobody is in the audience"):
        decide.submit(ctx, CLINIC, drafted(ctx).id, by="Mia")


@pytest.mark.parametrize(("size", "limit", "changes", "two"), [
    (3, 100, {}, False), (3, 2, {}, True), (3, 3, {}, False), (1, 100, PROMO, True),
])  # fmt: skip
def test_two_people_decide_on_much_and_promotion(
    sqlite: Database, size: int, limit: int, changes: dict[str, Any], two: bool
) -> None:
    ctx = make_ctx(sqlite, clinics=(make_clinic(campaign_approval_above=limit),))
    people(ctx, size)
    one = decide.submit(ctx, CLINIC, drafted(ctx, **changes).id, by="Mia")
    if two:
        with pytest.raises(Forbidden, match="another person"):
            decide.approve(ctx, CLINIC, one.id, by=" mia ")
    assert decide.approve(ctx, CLINIC, one.id, by="Ben" if two else "Mia").state is C.APPROVED


def test_an_audience_that_outgrew_one_approver_waits(sqlite: Database) -> None:
    ctx = make_ctx(sqlite, clinics=(make_clinic(campaign_approval_above=2),))
    people(ctx, 2)
    one = decide.submit(ctx, CLINIC, drafted(ctx).id, by="Mia")
    decide.approve(ctx, CLINIC, one.id, by="Mia")
    people(ctx, 3)
    with pytest.raises(Forbidden):
        decide.launch(ctx, CLINIC, one.id, by="Mia")


def test_an_edit_voids_the_approval(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 2)
    one = decide.submit(ctx, CLINIC, drafted(ctx).id, by="Mia")
    decide.approve(ctx, CLINIC, one.id, by="Ben")
    edited = draft.edit(ctx, CLINIC, one.id, data=written(name="Other"), by="Ben")
    assert (edited.state, edited.approver, edited.author) == (C.DRAFT, None, "Ben")
    assert draft.get(ctx, CLINIC, one.id) == edited
    with pytest.raises(Conflict, match="submit it first"):
        decide.launch(ctx, CLINIC, one.id, by="Mia")


@pytest.mark.parametrize("paused", [False, True])
def test_what_runs_is_not_edited_any_more(sqlite: Database, paused: bool) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 2)
    one = launched(ctx)
    if paused:
        steer.pause(ctx, CLINIC, one.id, by="Mia", reason="wait")
    with pytest.raises(Conflict, match="cancel"):
        draft.edit(ctx, CLINIC, one.id, data=written(), by="Mia")


def test_a_no_leads_back_to_the_draft(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = decide.submit(ctx, CLINIC, drafted(ctx).id, by="Mia")
    refused = decide.refuse(ctx, CLINIC, one.id, by="Ben", reason="too long")
    assert (refused.state, refused.why) == (C.DRAFT, "too long")


def test_the_same_text_goes_twice_for_a_reason_alone(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 2)
    launched(ctx)
    second = drafted(ctx, name="Again")
    with pytest.raises(Conflict, match="same text"):
        decide.submit(ctx, CLINIC, second.id, by="Mia")
    assert draft.get(ctx, CLINIC, second.id).state is C.DRAFT
    assert launched(ctx, again="the first had a wrong hour in it").override


def test_other_clinics_and_names_find_no_campaign(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    with pytest.raises(NotFound):
        decide.submit(ctx, CLINIC, "cmp_none", by="Mia")


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("Mia", " ")])
def test_an_act_without_name_or_reason_is_refused(sqlite: Database, by: str, reason: str) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = launched(ctx)
    for act in (steer.pause, steer.cancel):
        with pytest.raises(FollowupError, match="a name and a reason"):
            act(ctx, CLINIC, one.id, by=by, reason=reason)


def test_a_draft_has_no_pace_to_change(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    with pytest.raises(Conflict, match="edit the campaign"):
        steer.set_pace(ctx, CLINIC, drafted(ctx).id, by="Mia", pace=Pace(5))
