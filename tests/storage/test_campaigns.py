"""Campaign rows: a state moves by its table alone, and each campaign has a person once."""

from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.campaign import CampaignSignal, CampaignState, Recipient, RecipientState
from followup.domain.ids import CampaignId, PatientId
from followup.storage.campaigns import recipients, rows
from followup.storage.database import Database
from tests.builders import CLINIC, make_campaign

C, S = CampaignState, CampaignSignal


def _add(database: Database, **changes: Any) -> None:
    campaign, written = make_campaign(**changes)
    with database.transaction() as conn:
        rows.add(conn, campaign, written)


def _people(*names: str) -> list[Recipient]:
    first = CampaignId("cmp_1")
    return [Recipient(first, PatientId(name), n, "", RecipientState.WAITING) for n, name in enumerate(names, 1)]


def test_what_was_stored_is_read_again(database: Database) -> None:
    _add(database)
    with database.reading() as conn:
        assert rows.get(conn, CLINIC, "cmp_1") == make_campaign()[0]
        assert rows.listing(conn, CLINIC, states=[C.RUNNING]) == []


def test_a_state_moves_along_an_arrow_alone(database: Database) -> None:
    _add(database)
    campaign = make_campaign()[0]
    with database.transaction() as conn:
        assert rows.apply(conn, campaign, S.LAUNCHED) is None
        moved = rows.apply(conn, campaign, S.SUBMITTED, submitted_by="Mia")
        assert moved == rows.get(conn, CLINIC, "cmp_1")
        assert rows.states(conn, ["cmp_1", "cmp_2"]) == {"cmp_1": C.SUBMITTED}


def test_a_campaign_writes_a_person_down_once(database: Database) -> None:
    with database.transaction() as conn:
        recipients.add(conn, _people("P-1", "P-2"))
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as conn:
        recipients.add(conn, [*_people("P-3"), *_people("P-1")][:1] + _people("P-1"))


def test_turns_are_taken_in_order_of_position(database: Database) -> None:
    with database.transaction() as conn:
        recipients.add(conn, _people("P-2", "P-1", "P-3"))
        turn = recipients.turn(conn, CampaignId("cmp_1"), after=1, limit=1)
        assert [one.patient_id for one in turn] == ["P-1"]
        assert recipients.cancel(conn, CampaignId("cmp_1")) == 3
        assert recipients.tally(conn, CampaignId("cmp_1")) == {RecipientState.CANCELLED: 3}
