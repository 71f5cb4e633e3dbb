"""The life of a campaign: its table, and what it does not allow."""

import pytest

from followup.domain.campaign import CAMPAIGN, CampaignSignal, CampaignState, arrow
from followup.domain.errors import IllegalSignal

C, S = CampaignState, CampaignSignal


@pytest.mark.parametrize("state", [C.DRAFT, C.SUBMITTED, C.RUNNING, C.PAUSED, C.FINISHED, C.CANCELLED])
def test_only_what_was_approved_can_be_launched(state: CampaignState) -> None:
    with pytest.raises(IllegalSignal):
        arrow(state, S.LAUNCHED)


@pytest.mark.parametrize("state", [C.RUNNING, C.PAUSED, C.FINISHED, C.CANCELLED])
def test_what_was_launched_is_edited_no_more(state: CampaignState) -> None:
    assert (state, S.EDITED) not in CAMPAIGN


@pytest.mark.parametrize("state", [C.DRAFT, C.SUBMITTED, C.APPROVED])
def test_an_edit_leads_back_to_the_draft(state: CampaignState) -> None:
    assert arrow(state, S.EDITED).to is C.DRAFT


def test_nothing_leaves_the_end_of_a_campaign() -> None:
    assert not [cell for cell in CAMPAIGN if cell[0] in {C.FINISHED, C.CANCELLED}]
