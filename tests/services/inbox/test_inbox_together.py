"""Several on staff at once, and records that become one: the thread stays one and is answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from followup.clock import SystemIds
from followup.domain.errors import Conflict
from followup.domain.event import EventType
from followup.services import answer, attend
from followup.services.context import Context
from followup.services.inbox import gather, write
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, PHONE
from tests.fakes import inbound_request
from tests.services.inbox.test_inbox_threads import known, only, wrote
from tests.services.seeds import run, sent
from tests.services.telling import MONDAY, make_story, person, treated

LEOS_PHONE = "+14165550177"


def reply(ctx: Context, name: str) -> str:
    """What came of somebody's answer."""
    try:
        return write.reply(ctx, CLINIC, PATIENT, by=name, text=f"{name} says yes.").id
    except Conflict:
        return ""


def test_ten_people_at_once_answer_a_text_once(database: Database) -> None:
    ctx = known(database, ids=SystemIds())
    wrote(ctx)
    with ThreadPoolExecutor(10) as pool:
        answered = [one for one in pool.map(lambda n: reply(ctx, f"Staff {n}"), range(10)) if one]
    run(ctx)
    assert len(answered) == 1
    assert len([o for o in sent(ctx) if "says yes" in o.text]) == 1


def test_a_thread_is_shown_by_any_of_its_names(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    thread = only(ctx).thread
    (matter,) = attend.waiting(ctx, CLINIC)
    names = (matter.id, thread.id, thread.last_in, PATIENT)
    assert {attend.look(ctx, CLINIC, name, by="Kim").escalation.id for name in names} == {matter.id}
    assert {gather.look(ctx, CLINIC, name, by="Kim").listed.thread.id for name in names} == {thread.id}


def test_records_that_are_merged_share_one_thread(database: Database, tmp_path: Path) -> None:
    story = make_story(database, tmp_path)
    leo = person("P-2", contact_points=[{"channel": "sms", "value": LEOS_PHONE}])
    for name, patient in (("T-1", person()), ("T-2", leo)):
        story.plan(story.event(EventType.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, name, patient=patient)))
    for number, sender in enumerate((PHONE, LEOS_PHONE)):
        answer.take_inbound(story.ctx, inbound_request("what now?", sender=sender, ref=f"in-{number}"))
    merge = {"patient": {"id": "P-2"}, "into": "P-1"}
    story.plan(story.event(EventType.PATIENT_MERGED, MONDAY + timedelta(days=1), merge))
    (listed,) = gather.threads_of(story.ctx, CLINIC)
    opened = gather.look(story.ctx, CLINIC, "P-1", by="Kim")
    assert listed.thread.id == opened.listed.thread.id
    assert len([line for line in opened.lines if not line.ours]) == 2
