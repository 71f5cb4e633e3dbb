"""`followup consent`: the ledger of what patients allowed: record, withdraw, list, expiring."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, pick_clinic
from followup.cli.consents.words import open_up_to_date, plain, read_day, read_moment, read_word

if TYPE_CHECKING:
    from followup.services.consents.enter import Entered

app = typer.Typer(no_args_is_help=True, help="What patients allowed: record, withdraw, list, expiring.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The clinic's own id of the patient.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the ledger and the audit.")]
EvidenceOption = Annotated[str, typer.Option("--evidence", help="What proves it: a form, a call, where it is kept.")]
ClassOption = Annotated[str, typer.Option("--class", metavar="CLASS", help="promo, care, checkin, transactional, …")]
ChannelOption = Annotated[str, typer.Option("--channel", metavar="CHANNEL", help="sms or email.")]
WhenOption = Annotated[str, typer.Option("--at", metavar="ISO", help="When it was said; left out, now.")]


@app.command()
@guard
def record(
    patient_id: IdArgument,
    message_class: ClassOption,
    channel: ChannelOption,
    evidence: EvidenceOption,
    by: ByOption,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="express, implied_purchase, implied_contract, implied_inquiry, exempt.")
    ] = "express",
    at: WhenOption = "",
    basis_date: Annotated[
        str, typer.Option(metavar="DATE", help="Day of the purchase, inquiry or contract's end.")
    ] = "",
    written: Annotated[bool, typer.Option("--written", help="It was signed, on paper or on a screen.")] = False,
    wording: Annotated[str, typer.Option(help="Version of the words that were shown.")] = "",
    language: Annotated[str, typer.Option(help="In which language it was asked, fr-CA for instance.")] = "",
    source: Annotated[str, typer.Option(help="Where it was given: a form, a page, a place.")] = "",
    lift_stop: Annotated[
        bool, typer.Option("--lift-stop", help="The person expressly takes back their STOP; else it stands.")
    ] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Take down a consent with its evidence. It lifts no STOP unless --lift-stop says so."""
    from followup.domain.consent import ConsentKind
    from followup.domain.ids import PatientId
    from followup.domain.message import Channel, MessageClass
    from followup.services.consents import enter

    ctx = open_up_to_date(data)
    where = pick_clinic(ctx, clinic)
    act = enter.Act(
        message_class=read_word("class", message_class, MessageClass),
        channel=read_word("channel", channel, Channel),
        evidence=evidence,
        kind=read_word("kind", kind, ConsentKind),
        recorded_at=read_moment(at, where.time_zone),
        basis_date=read_day("basis date", basis_date),
        written=written,
        wording=wording,
        language=language,
        source=source,
    )
    done = enter.give(ctx, where.id, PatientId(patient_id), act=act, by=by, lift_stop=lift_stop)
    emit(_told(done), as_json, text=f"recorded: {message_class} by {channel}, {kind}{_about_stop(done, lift_stop)}")


@app.command()
@guard
def withdraw(
    patient_id: IdArgument,
    evidence: EvidenceOption,
    by: ByOption,
    message_class: Annotated[str, typer.Option("--class", metavar="CLASS", help="A class, or all.")] = "all",
    channel: Annotated[str, typer.Option("--channel", metavar="CHANNEL", help="sms, email, or all.")] = "all",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Take down that a patient wants no more of a class, or of all: in effect at once."""
    from followup.domain.ids import PatientId
    from followup.domain.message import Channel, MessageClass
    from followup.services.consents import enter

    ctx = open_up_to_date(data)
    act = enter.Act(
        message_class=None if message_class == "all" else read_word("class", message_class, MessageClass),
        channel=None if channel == "all" else read_word("channel", channel, Channel),
        evidence=evidence,
    )
    done = enter.withdraw(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id), act=act, by=by)
    emit(_told(done), as_json, text=f"withdrawn: {message_class} by {channel}")


@app.command("list")
@guard
def list_entries(
    patient_id: IdArgument,
    as_of: Annotated[str, typer.Option("--as-of", metavar="ISO", help="As the ledger stood then.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """A patient's ledger, and what it allows today or allowed on any past day."""
    from followup.domain.ids import PatientId
    from followup.services.consents import survey, tell

    ctx = open_up_to_date(data)
    where = pick_clinic(ctx, clinic)
    found = survey.ledger(ctx, where.id, PatientId(patient_id), as_of=read_moment(as_of, where.time_zone))
    told = tell.ledger(found, where.time_zone)
    emit(told, as_json, text="\n".join([*map(_entry, told["entries"]), *map(_verdict, told["verdicts"])]))


@app.command()
@guard
def expiring(
    days: Annotated[int, typer.Option(min=0, max=1000, help="How far ahead.")] = 60,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Implied consents that end soon; promotion stops by itself on that day."""
    from followup.services.consents import survey, tell

    ctx = open_up_to_date(data)
    told = [tell.expiring(e) for e in survey.expiring(ctx, pick_clinic(ctx, clinic).id, days=days)]
    emit(told, as_json, text="\n".join(map(_ending, told)) or f"no consent ends within {days} days")


def _told(done: "Entered") -> dict[str, Any]:
    return {
        "event": done.event_row,
        "lifted": done.lifted,
        "sharing": done.sharing,
        "standing": [reason.value for reason in done.standing],
    }


def _about_stop(done: "Entered", lift_stop: bool) -> str:
    shared = f", for {done.sharing} other patient(s) on it too" if done.sharing and done.lifted else ""
    lifted = f"; {done.lifted} suppression(s) lifted{shared}" if lift_stop else ""
    if not done.standing:
        return lifted
    cure = "" if lift_stop else "; an express act of the person lifts a STOP: --lift-stop"
    return f"{lifted}; nothing is sent all the same: {', '.join(done.standing)}{cure}"


def _entry(e: dict[str, Any]) -> str:
    what = "withdrawn" if e["withdrawn"] else e["kind"]
    ends = f", ends {e['ends_on']}" if e["ends_on"] else ""
    by = f", by {e['actor']}" if e["actor"] else ""
    return plain(f"{e['recorded_at']}  {e['class']:<15} {e['channel']:<6} {what}{ends}: {e['evidence']}{by}")


def _verdict(v: dict[str, Any]) -> str:
    word = "yes" if v["allowed"] else "no"
    return f"{v['class']:<15} {v['channel']:<6} {word:<4} {v['text']} ({v['source']})"


def _ending(e: dict[str, Any]) -> str:
    unused = "" if e["used"] else "  (not relied on)"
    when = f"{e['ends_on']}  in {e['days_left']} days"
    return plain(f"{when}  {e['patient']:<12} {e['class']} by {e['channel']}, {e['kind']} of {e['basis_date']}{unused}")
