"""What nobody could find out is decided by a person, or by a later word that settles it."""

from datetime import timedelta

import pytest

from followup.domain.errors import InvalidInput, NotFound
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import MessageState, Reason
from followup.domain.outcome import Unknown
from followup.ports import Absent, Look, Seen, Undecidable
from followup.services.context import Context
from followup.services.proof.decide import decide
from followup.storage import audit, escalations
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import fake, run, seed, state, stored
from tests.services.test_settle import take

S = MessageState
ID = MessageId("msg_1")
LOST = Unknown("timeout", "no answer in time")
NOBODY_KNOWS = Undecidable("texts are redacted")


def in_doubt(database: Database, *looks: Look) -> tuple[Context, FakeClock]:
    """A message of which staff were told, after these look-ups."""
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx).script.append(LOST)
    fake(ctx).looks.extend(looks or [NOBODY_KNOWS])
    seed(ctx)
    run(ctx)
    ops.advance(timedelta(minutes=16))
    run(ctx)
    assert (state(ctx), questions(ctx)) == (S.UNCONFIRMED, ["open"])
    return ctx, ops


def questions(ctx: Context) -> list[str]:
    with ctx.db.reading() as conn:
        every = escalations.listing(conn, CLINIC, states=tuple(EscalationState))
    return [e.state.value for e in every if e.kind is EscalationKind.UNCONFIRMED]


def test_what_went_is_sent_and_asked_no_more(database: Database) -> None:
    ctx, _ = in_doubt(database)
    assert decide(ctx, CLINIC, ID, went=True, by="Kim").state is S.SENT
    assert (questions(ctx), stored(ctx).not_before) == (["closed"], None)
    with database.reading() as conn:
        said = [e for e in audit.about(conn, CLINIC, subject=ID) if e["action"] == "message.settled"]
    assert [(e["actor"], e["detail"]["went"]) for e in said] == [("Kim", True)]


def test_what_did_not_go_goes_once_more(database: Database) -> None:
    ctx, _ = in_doubt(database)
    assert decide(ctx, CLINIC, ID, went=False, by="Kim").state is S.SCHEDULED
    run(ctx)
    assert (state(ctx), questions(ctx), len(fake(ctx).calls)) == (S.SENT, ["closed"], 2)


def test_what_did_not_go_twice_is_given_up(database: Database) -> None:
    ctx, ops = in_doubt(database)
    fake(ctx).script.append(LOST)
    fake(ctx).looks.append(NOBODY_KNOWS)
    decide(ctx, CLINIC, ID, went=False, by="Kim")
    run(ctx)
    ops.advance(timedelta(minutes=16))
    run(ctx)
    assert sorted(questions(ctx)) == ["closed", "open"]
    assert decide(ctx, CLINIC, ID, went=False, by="Kim").reason == Reason.ABANDONED
    assert set(questions(ctx)) == {"closed"}


@pytest.mark.parametrize("word", ["sent", "delivered", "undelivered"])
def test_a_late_receipt_closes_the_question(database: Database, word: str) -> None:
    ctx, _ = in_doubt(database)
    take(ctx, word)
    assert (state(ctx).value, questions(ctx)) == (word, ["closed"])


@pytest.mark.parametrize(("look", "end"), [(Seen("ref-9", "sent"), S.SENT), (Absent(), S.SENT)])
def test_a_later_look_up_closes_the_question(database: Database, look: Look, end: S) -> None:
    ctx, ops = in_doubt(database)
    fake(ctx).looks.append(look)
    ops.advance(timedelta(days=1, minutes=1))
    run(ctx)
    assert (state(ctx), questions(ctx)) == (end, ["closed"])


def test_a_receipt_closes_even_what_was_given_up(database: Database) -> None:
    ctx, ops = in_doubt(database, NOBODY_KNOWS)
    fake(ctx).script.append(LOST)
    decide(ctx, CLINIC, ID, went=False, by="Kim")
    for _ in range(2):
        run(ctx)
        ops.advance(timedelta(minutes=16))
    run(ctx)
    assert (state(ctx), "open" in questions(ctx)) == (S.FAILED, True)
    take(ctx, "delivered")
    assert (state(ctx), set(questions(ctx))) == (S.DELIVERED, {"closed"})


def test_only_what_is_in_doubt_can_be_decided(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    with pytest.raises(InvalidInput, match="there is no doubt"):
        decide(ctx, CLINIC, ID, went=True, by="Kim")
    with pytest.raises(NotFound):
        decide(ctx, ClinicId("another"), ID, went=True, by="Kim")
