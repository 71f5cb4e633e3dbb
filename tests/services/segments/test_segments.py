"""Saved segments: kept under a name, counted as they are now, explained for one patient, every change audited."""

import pytest

from followup.domain.errors import Conflict, FollowupError, InvalidInput, NotFound
from followup.domain.ids import PatientId
from followup.services.campaigns.audience import chosen, settled
from followup.services.context import Context
from followup.services.segments import choose, keep
from followup.storage import audit, patients
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, make_ctx, make_patient
from tests.services.seeds import seed

FRENCH = {"language": "fr"}


@pytest.fixture
def ctx(database: Database) -> Context:
    """Ana, treated and English, and three who speak French."""
    made = make_ctx(database)
    seed(made)
    with made.db.transaction() as conn:
        more = [make_patient(id=PatientId(f"P-2{n}"), language="fr-CA") for n in range(3)]
        patients.put_many(conn, more, made.clock.now())
    return made


def test_a_count_is_live_and_saving_audited(ctx: Context) -> None:
    keep.save(ctx, CLINIC, "french", definition=FRENCH, by="Roy", title="French speakers")
    assert choose.show(ctx, CLINIC, "french").count == 3
    with ctx.db.transaction() as conn:
        patients.put(conn, make_patient(language="fr"), ctx.clock.now())
    assert choose.show(ctx, CLINIC, "french").count == 4
    with ctx.db.reading() as conn:
        assert [(e["action"], e["actor"]) for e in audit.about(conn, CLINIC)] == [("segment.saved", "Roy")]


def test_an_audience_may_name_a_segment(ctx: Context) -> None:
    keep.save(ctx, CLINIC, "french", definition=FRENCH, by="Roy")
    assert choose.count(ctx, CLINIC, {"not": {"segment": "french"}}) == 1
    keep.save(ctx, CLINIC, "english", definition={"not": {"segment": "french"}, "treated": {}}, by="Roy")
    verdict = choose.explain_saved(ctx, CLINIC, "english", PATIENT)
    assert (verdict.chosen, [s.at for s in verdict.said]) == (True, ["/treated", "/not/segment french:/language"])


def test_a_later_change_of_a_segment_changes_no_settled_audience(ctx: Context) -> None:
    keep.save(ctx, CLINIC, "french", definition=FRENCH, by="Roy")
    with ctx.db.reading() as conn:
        audience = settled(conn, CLINIC, {"segment": "french", "patients": ["P-17", "P-20"]})
    keep.save(ctx, CLINIC, "french", definition={"everybody": True}, by="Roy")
    with ctx.db.reading() as conn:
        assert list(chosen(ctx, conn, CLINIC, audience)) == ["P-20"]
    assert audience.source == {"patients": ["P-17", "P-20"], "all": [{"language": ["fr"]}]}


def test_a_segment_in_use_cannot_be_deleted(ctx: Context) -> None:
    keep.save(ctx, CLINIC, "french", definition=FRENCH, by="Roy")
    keep.save(ctx, CLINIC, "english", definition={"not": {"segment": "french"}}, by="Roy")
    with pytest.raises(Conflict, match="used by english"):
        keep.delete(ctx, CLINIC, "french", by="Roy")
    keep.delete(ctx, CLINIC, "english", by="Roy")
    keep.delete(ctx, CLINIC, "french", by="Roy")
    assert choose.listing(ctx, CLINIC) == []


@pytest.mark.parametrize(
    ("name", "definition", "by", "error", "told"),
    [
        ("French Speakers", FRENCH, "Roy", InvalidInput, "is no name of a segment"),
        ("french", FRENCH, " ", InvalidInput, "who does it is missing"),
        ("french", {"segment": "gone"}, "Roy", InvalidInput, "there is no segment 'gone'"),
        ("french", {"segment": "french"}, "Roy", InvalidInput, "speaks of itself"),
        ("french", {}, "Roy", InvalidInput, "nothing is asked for"),
    ],
)
def test_a_wrong_segment_is_not_saved(
    ctx: Context, name: str, definition: object, *, by: str, error: type[FollowupError], told: str
) -> None:
    with pytest.raises(error, match=told):
        keep.save(ctx, CLINIC, name, definition=definition, by=by)
    assert choose.listing(ctx, CLINIC) == []
    with pytest.raises(NotFound, match="see `followup segment list`"):
        choose.show(ctx, CLINIC, "french")


@pytest.mark.parametrize(
    ("definition", "doubt"),
    [
        ({"treated": {"code": "skinpen-microneedling", "practitioner": "RN Okafor"}}, None),
        ({"not": {"treated": {"code": "pel"}}}, "/not/treated: no treatment or visit has the code 'pel'"),
        ({"treated": {"practitioner": "Okafor"}}, "/treated: nobody was treated by 'Okafor'"),
        ({"series": {"state": "none", "protocol": "skinpn"}}, "/series: there is no protocol 'skinpn'"),
        ({"enrolled": {"protocol": "skinpen-microneedling"}}, None),
        ({"not": {"tags": "staf"}}, "/not/tags: nobody has the tag 'staf'"),
        ({"patients": ["P-17", "P-99"]}, "/patients: there is no patient 'P-99'"),
        ({"any": [{"upload": "upl_9"}, {"language": "fr"}]}, "/any/0/upload: no list is ready under 'upl_9'"),
    ],
)
def test_a_word_that_occurs_nowhere_is_told(ctx: Context, definition: dict[str, object], doubt: str | None) -> None:
    keep.save(ctx, CLINIC, "doubtful", definition=definition, by="Roy")
    assert choose.show(ctx, CLINIC, "doubtful").doubts == ((doubt,) if doubt else ())
