"""The end's figures: counted in the database and held against what the carrier and the mail catcher wrote down."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from followup.cli.stage.feed import read
from followup.cli.stage.scenes import Count, Row, Summary
from followup.cli.stage.theatre import Theatre
from followup.domain.channels.sms import segments
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageState
from followup.sandbox.clinic import CLINIC, Person, Story
from followup.services.context import Context
from followup.services.reading import tally
from followup.services.reading.tally import Contact, Ending

_CALLBACK = re.compile(r"/hooks/twilio/status/([^/?#]+)$")
_RETURN_PATH = re.compile(r"^b\+(msg_[0-9a-z]+)\.", re.IGNORECASE)
_STAFF = re.compile(r"^b\+esc_", re.IGNORECASE)


def reckon(ctx: Context, theatre: Theatre, story: Story, *, seconds: float) -> Summary:
    """Everything that is told at the end."""
    clinic_id = ClinicId(CLINIC)
    return Summary(
        figures=figures(ctx, clinic_id),
        counts=compare(ctx, clinic_id, carrier_url=theatre.carrier_url, mail_url=theatre.mail_url),
        rows=rows(ctx, clinic_id, story.people),
        seconds=seconds,
        interruptions=tuple(theatre.deaths),
    )


def figures(ctx: Context, clinic_id: ClinicId) -> Mapping[str, int]:
    """The year in numbers, each of them a count of rows."""
    totals, gone = tally.totals(ctx, clinic_id), tally.contacts(ctx, clinic_id)
    texts = [c for c in gone if c.channel is Channel.SMS]
    return {
        "events told": totals["events"],
        "enrollments": totals["enrollments"],
        "messages planned": totals["messages"],
        "texts taken by the carrier": len(texts),
        "segments": sum(segments(c.text).segments for c in texts),
        "e-mails taken": len(gone) - len(texts),
        "delivered, by receipt": totals.get(MessageState.DELIVERED.value, 0),
        "skipped by the gate": totals.get(MessageState.SKIPPED.value, 0),
        "cancelled by events": totals.get(MessageState.CANCELLED.value, 0),
        "failed": totals.get(MessageState.FAILED.value, 0),
        "texts that came in": totals["answers"],
        "matters put to staff": totals["escalations"],
    }


def rows(ctx: Context, clinic_id: ClinicId, people: Iterable[Person]) -> tuple[Row, ...]:
    """Each patient's year."""
    of_patient: dict[str, list[Ending]] = defaultdict(list)
    for ending in tally.endings(ctx, clinic_id):
        of_patient[ending.patient_id].append(ending)
    return tuple(_row(person, of_patient[person.id]) for person in people)


def _row(person: Person, endings: list[Ending]) -> Row:
    out, why = Counter[str](), Counter[str]()
    for ending in endings:
        if ending.went_out:
            out[ending.channel or ""] += ending.number
        elif not ending.waits:
            why[ending.reason or ending.state] += ending.number
    return Row(
        person,
        sms=out["sms"],
        email=out["email"],
        delivered=sum(e.number for e in endings if e.state is MessageState.DELIVERED),
        ended=dict(why),
        waiting=sum(e.number for e in endings if e.waits),
    )


def compare(ctx: Context, clinic_id: ClinicId, *, carrier_url: str, mail_url: str) -> tuple[Count, ...]:
    """What went out by the database and by each ledger, message by message."""
    gone, doubted = tally.contacts(ctx, clinic_id), tally.in_doubt(ctx, clinic_id)
    staff = {person.sms for person in ctx.clinics.need(clinic_id).staff if person.sms}
    texts = [c.message_id for c in gone if c.channel is Channel.SMS]
    mails = [c.message_id for c in gone if c.channel is Channel.EMAIL]
    return (
        count("Texts at the carrier", carrier_ids(carrier_url, staff), texts, doubted=doubted, once=True),
        count("E-mails at the mail catcher", mail_ids(mail_url), mails, doubted=doubted),
        _receipts(gone, carrier_url, staff=staff),
    )


def count(
    what: str, ledger: Counter[str], ours: Iterable[str], *, doubted: Collection[str] = (), once: bool = False
) -> Count:
    """Hold ids against a ledger; with `once` it may hold none twice (an e-mail may come again under its Message-ID)."""
    known = set(ours)
    excused = {i for i in ledger if i in doubted and i not in known}
    twice = [f"{i} (taken {n} times)" for i, n in ledger.items() if once and n > 1]
    differs = tuple(sorted([*((known ^ set(ledger)) - excused), *twice]))
    return Count(what, len(known), len(ledger), differs, doubted=len(excused))


def _receipts(gone: Iterable[Contact], carrier_url: str, *, staff: Collection[str]) -> Count:
    ours = {c.provider_ref for c in gone if c.channel is Channel.SMS and c.state is MessageState.DELIVERED}
    entries = read(f"{carrier_url}/control/ledger?kind=status")["entries"]
    taken = read(f"{carrier_url}/control/ledger?kind=message")["entries"]
    alerts = {e["sid"] for e in taken if e["to"] in staff and not e["callback"]}
    theirs = {e["sid"] for e in entries if e["status"] == "delivered"} - alerts
    return Count("Texts delivered", len(ours), len(theirs), tuple(sorted(str(ref) for ref in ours ^ theirs)))


def carrier_ids(carrier_url: str, staff: Collection[str]) -> Counter[str]:
    """How often the carrier took each of our messages, by the id in its call-back address; texts to staff have none."""
    entries = read(f"{carrier_url}/control/ledger?kind=message")["entries"]
    found = (_CALLBACK.search(entry["callback"]) for entry in entries if entry["callback"] or entry["to"] not in staff)
    return Counter(match[1] if match else "a text without a call-back" for match in found)


def mail_ids(mail_url: str) -> Counter[str]:
    """How often the catcher took each of our messages, by the id in its return path; mail to staff is left out."""
    senders = [entry["mail_from"] or "" for entry in read(f"{mail_url}/control/ledger")["entries"]]
    found = (_RETURN_PATH.search(sender) for sender in senders if not _STAFF.search(sender))
    return Counter(match[1].lower() if match else "an e-mail without a return path" for match in found)
