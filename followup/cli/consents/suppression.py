"""`followup suppression`: addresses that must not be used: list, add, release, import, export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import WRONG, ClinicFlag, DataFlag, JsonFlag, emit, guard, pick_clinic
from followup.cli.consents.words import open_up_to_date, plain, read_moment, read_word

if TYPE_CHECKING:
    from followup.services.consents.carry import Imported

app = typer.Typer(no_args_is_help=True, help="Addresses not to be used: list, add, release, import, export.")

ChannelArgument = Annotated[str, typer.Argument(metavar="CHANNEL", help="sms or email.")]
AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="The number or mailbox.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
ReasonOption = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="REASON",
        help="opt_out, hard_bounce, complaint, wrong_person, deceased, legal, carrier_block.",
    ),
]


@app.command("list")
@guard
def list_suppressions(
    ended: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What is suppressed and why, in the order it was made."""
    from followup.services.consents import silence, tell

    ctx = open_up_to_date(data)
    told = [tell.suppression(one) for one in silence.listing(ctx, pick_clinic(ctx, clinic).id, ended=ended)]
    emit(told, as_json, text="\n".join(map(_row, told)) or "nothing is suppressed")


@app.command()
@guard
def add(
    channel: ChannelArgument,
    address: AddressArgument,
    reason: ReasonOption,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="What happened, for the audit.")],
    message_class: Annotated[str, typer.Option("--class", metavar="CLASS", help="Only this class.")] = "all",
    until: Annotated[str, typer.Option(metavar="ISO", help="When it ends, for soft reasons.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Send nothing to an address any more, whoever has it."""
    from followup.domain.consent import SuppressionReason
    from followup.domain.message import Channel, MessageClass
    from followup.services.consents import silence

    ctx = open_up_to_date(data)
    where = pick_clinic(ctx, clinic)
    done = silence.add(
        ctx,
        where.id,
        channel=read_word("channel", channel, Channel),
        address=address,
        reason=read_word("reason", reason, SuppressionReason),
        by=by,
        why=why,
        scope=None if message_class == "all" else read_word("class", message_class, MessageClass),
        until=read_moment(until, where.time_zone),
    )
    word = "suppressed" if done.new else "was suppressed already"
    emit({"new": done.new, "patients": done.patients}, as_json, text=f"{word}: {done.patients} patient(s) have it")


@app.command()
@guard
def release(
    channel: ChannelArgument,
    address: AddressArgument,
    reason: ReasonOption,
    by: ByOption,
    evidence: Annotated[str, typer.Option("--evidence", help="Why it may be used again.")],
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """End what stands for one reason: the address was checked, or its owner wants messages again."""
    from followup.domain.consent import SuppressionReason
    from followup.domain.message import Channel
    from followup.services.consents import silence

    ctx = open_up_to_date(data)
    ended = silence.release(
        ctx,
        pick_clinic(ctx, clinic).id,
        channel=read_word("channel", channel, Channel),
        address=address,
        reason=read_word("reason", reason, SuppressionReason),
        by=by,
        evidence=evidence,
    )
    emit({"ended": ended}, as_json, text=f"released: {ended} suppression(s) ended")


@app.command("import")
@guard
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with channel, address and reason; - is stdin.")],
    by: ByOption,
    clean_rows: Annotated[
        bool, typer.Option("--clean-rows", help="Store the sound rows in spite of broken ones.")
    ] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Suppress what a file lists; a broken row is told by row, column and reason, and then nothing is stored."""
    import sys

    from followup.services.consents import carry

    if str(file) != "-" and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    ctx = open_up_to_date(data)
    done = carry.read(ctx, pick_clinic(ctx, clinic).id, content, by=by, clean_only=clean_rows)
    _report(done, as_json)
    if done.faults:
        raise typer.Exit(WRONG)


@app.command()
@guard
def export(
    by: ByOption,
    ended: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Left out, the screen.")] = None,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
) -> None:
    """Write a CSV file that is safe to open in a spreadsheet and can be imported again."""
    from followup.services.consents import carry

    ctx = open_up_to_date(data)
    lines = carry.write(ctx, pick_clinic(ctx, clinic).id, by=by, ended=ended)
    if output is None:
        for line in lines:
            typer.echo(line.removesuffix("\r\n"))
        return
    with output.open("w", encoding="utf-8-sig", newline="") as sink:
        count = sum(1 for _ in map(sink.write, lines)) - 1
    output.chmod(0o600)
    typer.echo(f"{count} suppressions are in {output}")


def _report(done: "Imported", as_json: bool) -> None:
    told: dict[str, Any] = {
        "stored": done.stored,
        "new": done.new,
        "standing": done.standing,
        "errors": [{"row": f.row, "column": f.column, "reason": f.reason} for f in done.faults],
    }
    lines = [f"row {f.row}, {f.column or 'cells'}: {f.reason}" for f in done.faults]
    if done.stored:
        lines.append(f"{done.new} new, {done.standing} stood already, {len(done.faults)} rejected")
    else:
        lines.append(f"{len(done.faults)} broken row(s): nothing was stored (--clean-rows stores the others)")
    emit(told, as_json, text="\n".join(lines))


def _row(x: dict[str, Any]) -> str:
    ends = f" until {x['until']}" if x["until"] else ""
    over = f", released {x['released_at']} by {x['released_by']}" if x["released_at"] else ""
    what = f"{x['reason']} ({x['class']})"
    return plain(f"{x['since']}  {x['channel']:<6} {x['address'] or '(erased)':<24} {what}{ends}, {x['source']}{over}")
