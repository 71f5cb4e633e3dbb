"""`followup campaign preflight`: whom it would reach, whom not and why, what it costs, when it ends."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.audience.words import open_for, plain_lines
from followup.cli.campaigns.group import app
from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from followup.domain.campaign.preflight import Preflight
    from followup.domain.money import Line


@app.command("preflight")
@guard
def show_preflight(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its id, cmp_…")],
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Ask the gate about everybody in the audience, as if it were launched now; nothing is sent or written."""
    from zoneinfo import ZoneInfo

    from followup.services.campaigns import foretell
    from followup.services.campaigns.preflight import preflight

    ctx, clinic_id = open_for(clinic, data)
    found = preflight(ctx, clinic_id, campaign)
    zone = ZoneInfo(ctx.clinics.need(clinic_id).time_zone)
    emit(foretell.preflight(found), as_json, text=plain_lines(list(_lines(found, zone))))


def _lines(one: "Preflight", zone: "ZoneInfo") -> Iterator[str]:
    yield f"audience     {one.audience:>8,}"
    yield f"recipients   {one.recipients:>8,}"
    for group in one.groups:
        cost = f"{group.segments:,} segments, {group.price:.2f}" if group.segments else f"{group.price:.2f}"
        yield f"  {group.channel:<6} {group.language:<6} {group.recipients:>8,}  {cost} {one.currency}"
    yield f"excluded     {one.audience - one.recipients:>8,}"
    yield from (f"  {reason:<24} {count:>8,}" for reason, count in one.excluded.items())
    yield from (f"  held now: {cause:<14} {count:>8,}" for cause, count in one.held.items())
    if one.later:
        yield f"  {one.later:,} of the recipients get it a day or more later, by their limits"
    unpriced = "".join(f", {count:,} to {where} without a price" for where, count in one.unpriced.items())
    sizes = ", ".join(f"{count:,} {name}" for name, count in one.encodings.items())
    sized = f" ({sizes})" if sizes else ""
    yield f"price        {one.price:.2f} {one.currency} for {one.segments:,} segments{sized}{unpriced}"
    first, last = one.starts_at.astimezone(zone), one.finishes_at.astimezone(zone)
    by_sender = f", of which the sender takes {one.pace_by_sender}" if one.pace_by_sender else ""
    yield f"time         {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}, {one.pace.per_minute} a minute{by_sender}"
    yield from (_budget(line, one.currency) for line in one.budget)
    if one.second_person:
        yield f"approval     needs a second person: {one.second_person}"
    yield from (f"doubt        {told}" for told in one.doubts)
    yield from (f"link         {link}" for link in one.links)
    for sample in one.longest:
        yield f"text         {sample.channel} {sample.language}, {sample.segments} segments, {sample.encoding}"
        yield from (f"  | {line}" for line in (sample.subject, *sample.text.splitlines()) if line)


def _budget(line: "Line", currency: str) -> str:
    amounts = f"{line.spent:.2f} spent and {line.planned:.2f} planned of {line.limit:.2f} {currency}"
    return f"budget       {line.name}: {amounts}: {line.standing}"
