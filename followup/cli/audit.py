"""`followup audit`: is the audit trail whole, and do the rows say what the events say?"""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import WRONG, ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic

if TYPE_CHECKING:
    from followup.services.proof.bill import Bill
    from followup.services.proof.drift import Drift

app = typer.Typer(no_args_is_help=True, help="The audit trail and the ledger: verify, drift, bill.")


@app.callback()
def group() -> None:
    """The audit trail and the ledger."""


@app.command()
@guard
def verify(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Walk the hash chain: exit 1 with the place where an entry is missing or was changed."""
    from followup.services.upkeep import seal

    found = seal.verify(open_context(data=data))
    whole = found.broken_at is None
    text = (
        f"whole: {found.entries} entries, {found.unsealed} wait for their seal"
        if whole
        else f"broken at entry {found.broken_at}: {found.problem} ({found.entries} entries before it are whole)"
    )
    emit(asdict(found), as_json, text=text)
    if not whole:
        raise typer.Exit(WRONG)


@app.command()
@guard
def drift(clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Recompute every enrollment from its events and compare: exit 1 with a line for each row that differs."""
    from followup.services.proof import drift as proof

    ctx = open_context(data=data)
    count = 0
    for one in (
        d for c in ([pick_clinic(ctx, clinic)] if clinic else ctx.clinics.all()) for d in proof.find(ctx, c.id)
    ):
        typer.echo(_item(one, first=not count) if as_json else _line(one))
        count += 1
    if as_json:
        typer.echo("]" if count else "[]")
    else:
        typer.echo(f"{count} rows differ" if count else "no drift: all rows are what their events say")
    if count:
        raise typer.Exit(WRONG)


@app.command()
@guard
def bill(
    day: Annotated[str, typer.Option(metavar="DATE", help="A day in UTC (default: yesterday).")] = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Hold the providers' own lists of a day against what we sent: exit 1 with a line for each text that differs."""
    from followup.services.proof.bill import check
    from followup.services.routing.lineup import everyone

    ctx = open_context(data=data)
    wanted = _day(day) if day else ctx.ops.now().date() - timedelta(days=1)
    found = [check(ctx, one, wanted) for one in everyone(ctx) if one.channel.value == "sms"]
    bills = [one for one in found if one is not None]
    text = "\n".join(line for one in bills for line in _bill(one)) or "no provider of texts here keeps a list"
    emit([{**asdict(one), "by_kind": dict(one.by_kind)} for one in bills], as_json, text=text)
    if any(one.differences for one in bills):
        raise typer.Exit(WRONG)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date: write 2026-03-02", param_hint="--day") from None


def _bill(found: "Bill") -> list[str]:
    prices = ", ".join(f"{price} {currency}" for currency, price in sorted(found.prices.items())) or "no prices yet"
    head = f"{found.provider} {found.day}: {found.listed} texts, {found.segments} segments, {prices}"
    lines = [f"{one.kind:<9} {one.message_id or '-'}  {one.ref}: {one.text}" for one in found.differences]
    open_ = [f"{found.unsettled} more are in doubt here, and will be looked up"] if found.unsettled else []
    return [head, *lines, *open_, *([] if lines else ["every one is as we sent it"])]


def _item(one: "Drift", *, first: bool) -> str:
    """An element of a JSON array that is printed as it grows."""
    told: dict[str, Any] = {"clinic": one.clinic_id, "patient": one.patient_id, **asdict(one.difference)}
    return ("[" if first else ",") + json.dumps(told, ensure_ascii=False)


def _line(one: "Drift") -> str:
    d = one.difference
    return f"{d.kind:<8} {one.patient_id}  {d.subject}: {d.text}"
