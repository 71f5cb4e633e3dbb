"""`followup booking`: offer, make, move and call off visits by hand, and see how they stand."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic

if TYPE_CHECKING:
    from pathlib import Path

    from followup.domain.booking import Booking

app = typer.Typer(no_args_is_help=True, help="Visits: offer, make, move, cancel, attended, missed; list, show.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The clinic's own id of the booking.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
PatientOption = Annotated[str, typer.Option("--patient", metavar="ID", help="The clinic's own id of the patient.")]
CodeOption = Annotated[str, typer.Option("--code", help="The treatment code.")]
AtOption = Annotated[str, typer.Option("--at", metavar="ISO", help="With its zone: 2026-03-30T14:00:00-04:00.")]
MinutesOption = Annotated[int | None, typer.Option("--minutes", min=1, max=10_080, help="How long it takes.")]
UntilOption = Annotated[
    str, typer.Option("--answer-by", metavar="ISO", help="When an offer without answer goes to staff.")
]


@app.command()
@guard
def offer(
    booking_id: IdArgument,
    patient: PatientOption,
    code: CodeOption,
    at: AtOption,
    by: ByOption,
    *,
    minutes: MinutesOption = None,
    answer_by: UntilOption = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Ask the patient whether a time is good."""
    until = _instant(answer_by, "--answer-by") if answer_by else None
    _tell("offered", booking_id, by, clinic=clinic, data=data, as_json=as_json, patient_id=patient,
          treatment_code=code, starts_at=_instant(at, "--at"), minutes=minutes, answer_by=until)  # fmt: skip


@app.command()
@guard
def make(
    booking_id: IdArgument,
    patient: PatientOption,
    code: CodeOption,
    at: AtOption,
    by: ByOption,
    *,
    minutes: MinutesOption = None,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """It is booked: nudges to book fall silent, and the patient is reminded of it."""
    _tell("made", booking_id, by, clinic=clinic, data=data, as_json=as_json, patient_id=patient,
          treatment_code=code, starts_at=_instant(at, "--at"), minutes=minutes)  # fmt: skip


@app.command()
@guard
def move(
    booking_id: IdArgument,
    at: AtOption,
    by: ByOption,
    *,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """It is at another time; whoever heard of the old one is told."""
    _tell("moved", booking_id, by, clinic=clinic, data=data, as_json=as_json, starts_at=_instant(at, "--at"))


@app.command()
@guard
def cancel(
    booking_id: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """It is called off; whoever heard of it is told."""
    _tell("cancelled", booking_id, by, clinic=clinic, data=data, as_json=as_json)


@app.command()
@guard
def attended(
    booking_id: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """The patient came."""
    _tell("attended", booking_id, by, clinic=clinic, data=data, as_json=as_json)


@app.command()
@guard
def missed(
    booking_id: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """The patient did not come."""
    _tell("missed", booking_id, by, clinic=clinic, data=data, as_json=as_json)


@app.command("list")
@guard
def list_bookings(
    patient: Annotated[str, typer.Option("--patient", metavar="ID", help="Of this patient alone.")] = "",
    state: Annotated[list[str] | None, typer.Option("--state", help="In this state; may be given again.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Bookings by their start."""
    from followup.domain.booking import BookingState
    from followup.services.bookings import desk

    unknown = [s for s in state or () if s not in set(BookingState)]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]} is none of {', '.join(BookingState)}", param_hint="--state")
    ctx = open_context(data=data)
    states = [BookingState(s) for s in state or ()]
    found = desk.listing(ctx, pick_clinic(ctx, clinic).id, patient_id=patient, states=states, limit=limit)
    told = [_plain(b) for b in found]
    emit(told, as_json, text="\n".join(map(_row, told)) or "no bookings")


@app.command()
@guard
def show(booking_id: IdArgument, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """One booking, and every message about it."""
    from followup.domain.ids import BookingId
    from followup.services.bookings import desk
    from followup.services.reading import describe

    ctx = open_context(data=data)
    visit = desk.look(ctx, pick_clinic(ctx, clinic).id, BookingId(booking_id))
    told = _plain(visit.booking) | {"messages": [describe.message(m) for m in visit.messages]}
    lines = [f"{m['due_at']}  {m['id']}  {m['step']:<12} {m['state']}" for m in told["messages"]]
    emit(told, as_json, text="\n".join([_row(told), *lines]))


def _tell(
    verb: str, booking_id: str, by: str, *, clinic: str, data: "Path | None", as_json: bool, **parts: Any
) -> None:
    from followup.domain.event import EventType
    from followup.domain.ids import BookingId
    from followup.services.bookings import desk

    ctx = open_context(data=data)
    word = desk.Word(EventType(f"booking.{verb}"), BookingId(booking_id), by, **parts)
    told = _plain(desk.tell(ctx, pick_clinic(ctx, clinic).id, word))
    emit(told, as_json, text=_row(told))


def _instant(text: str, hint: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("is no ISO instant: write 2026-03-30T14:00:00-04:00", param_hint=hint) from None
    if moment.tzinfo is None:
        raise typer.BadParameter("has no zone: write 2026-03-30T14:00:00-04:00", param_hint=hint)
    return moment.astimezone(UTC)


def _plain(b: "Booking") -> dict[str, Any]:
    from followup.services.reading import describe

    return describe.booking(b)


def _row(x: dict[str, Any]) -> str:
    return f"{x['starts_at']}  {x['id']:<16} {x['state']:<13} {x['answer'] or '-':<11} patient {x['patient']}"
