"""`followup campaign` from draft to end: write, submit, approve, launch, pause, resume, cancel, change the pace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.audience.words import ByOption, open_for
from followup.cli.campaigns.group import app
from followup.cli.common import WRONG, ClinicFlag, DataFlag, JsonFlag, emit, guard

if TYPE_CHECKING:
    from followup.domain.campaign import Campaign

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The campaign, cmp_…")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The campaign, YAML or JSON.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the audit.")]
_MOST = 6000


@app.command()
@guard
def draft(
    file: FileArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Store a campaign from a file. Nothing is sent by this."""
    from followup.services.campaigns import files

    ctx, clinic_id = open_for(clinic, data, file=file)
    _say(files.draft_file(ctx, clinic_id, file, by=by), as_json, then="followup campaign preflight {id}")


@app.command()
@guard
def edit(
    campaign: IdArgument,
    file: FileArgument,
    by: ByOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Put a file in the place of what it says; it must be submitted and approved anew."""
    from followup.services.campaigns import files

    ctx, clinic_id = open_for(clinic, data, file=file)
    done = files.edit_file(ctx, clinic_id, campaign, path=file, by=by)
    _say(done, as_json, then="followup campaign submit {id} --by NAME")


@app.command()
@guard
def submit(
    campaign: IdArgument,
    by: ByOption,
    again: Annotated[
        str, typer.Option("--again", metavar="REASON", help="Why it may go to the same people anew.")
    ] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Ask for a yes."""
    from followup.services.campaigns import decide

    ctx, clinic_id = open_for(clinic, data)
    done = decide.submit(ctx, clinic_id, campaign, by=by, again=again)
    _say(done, as_json, then="followup campaign approve {id} --by NAME")


@app.command()
@guard
def approve(
    campaign: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Say yes; for promotion and for many people another person than the author."""
    from followup.services.campaigns import decide

    ctx, clinic_id = open_for(clinic, data)
    _say(decide.approve(ctx, clinic_id, campaign, by=by), as_json, then="followup campaign launch {id} --by NAME")


@app.command()
@guard
def refuse(
    campaign: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Say no, and why: it is a draft again."""
    from followup.services.campaigns import decide

    ctx, clinic_id = open_for(clinic, data)
    _say(
        decide.refuse(ctx, clinic_id, campaign, by=by, reason=reason), as_json, then="followup campaign edit {id} FILE"
    )


@app.command()
@guard
def launch(
    campaign: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Start it, or from its `starts_at` on: its audience is written down, then it goes at its pace."""
    from followup.cli.campaigns.progress import counting
    from followup.services.campaigns import decide
    from followup.services.campaigns.draft import get
    from followup.services.campaigns.freeze import freeze

    ctx, clinic_id = open_for(clinic, data)
    started = decide.launch(ctx, clinic_id, campaign, by=by)
    with counting("writing the audience down", quiet=as_json) as count:
        for written in freeze(ctx, started.id):
            count(written)
    _say(get(ctx, clinic_id, campaign), as_json, then="followup campaign status {id}")


@app.command()
@guard
def pause(
    campaign: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Nothing of it starts from now on; what is being sent finishes."""
    from followup.services.campaigns import steer

    ctx, clinic_id = open_for(clinic, data)
    done = steer.pause(ctx, clinic_id, campaign, by=by, reason=reason)
    _say(done, as_json, then="followup campaign resume {id} --by NAME")


@app.command()
@guard
def resume(
    campaign: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Go on where it stood; nobody gets it twice and nobody is left out."""
    from followup.services.campaigns import steer

    ctx, clinic_id = open_for(clinic, data)
    _say(steer.resume(ctx, clinic_id, campaign, by=by), as_json, then="followup campaign status {id}")


@app.command()
@guard
def cancel(
    campaign: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Nothing more of it goes out, for good; what is being sent finishes."""
    from followup.services.campaigns import steer

    ctx, clinic_id = open_for(clinic, data)
    done = steer.cancel(ctx, clinic_id, campaign, by=by, reason=reason)
    _say(done, as_json, then="followup campaign results {id}")


@app.command()
@guard
def pace(
    campaign: IdArgument,
    by: ByOption,
    per_minute: Annotated[int, typer.Option("--per-minute", min=1, max=_MOST, help="Messages in a minute.")],
    per_day: Annotated[int | None, typer.Option("--per-day", min=1, help="In a day; left out: no limit.")] = None,
    open_inbox: Annotated[
        int | None, typer.Option("--open-inbox", min=1, help="Wait while so many inbox items are open.")
    ] = None,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Another pace from the next message on, while it runs."""
    from followup.domain.campaign import Pace
    from followup.services.campaigns import steer

    ctx, clinic_id = open_for(clinic, data)
    done = steer.set_pace(ctx, clinic_id, campaign, by=by, pace=Pace(per_minute, per_day, open_inbox))
    _say(done, as_json, then="followup campaign status {id}")


@app.command("test")
@guard
def rehearse_texts(
    campaign: IdArgument,
    by: ByOption,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Somebody in the clinic's file, by name or role.")],
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Send every text of it to one person on staff, marked as a test."""
    from followup.services.campaigns import tell
    from followup.services.campaigns.rehearse import rehearse

    ctx, clinic_id = open_for(clinic, data)
    done = rehearse(ctx, clinic_id, campaign, to=to, by=by)
    lines = [f"{one.channel} {one.language} {one.variant}: {one.problem or 'sent'}\n  {one.text}" for one in done]
    emit([tell.rehearsed(one) for one in done], as_json, text="\n".join(lines))
    if any(one.problem for one in done):
        raise typer.Exit(WRONG)


def _say(one: "Campaign", as_json: bool, *, then: str) -> None:
    from followup.services.campaigns import tell

    emit(tell.campaign(one), as_json, text=f"{one.id}: {one.state}; next: {then.format(id=one.id)}")
