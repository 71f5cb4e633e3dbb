"""`followup message`: the biography of a message, why it would or would not go, and lists."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli import common
from followup.cli.common import ClinicFlag, JsonFlag, emit, guard, open_context, pick_clinic

if TYPE_CHECKING:
    from followup.services.reading.report import Biography

app = typer.Typer(no_args_is_help=True, help="A message's biography; list; skip, send-now, undo; settle.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The message's id, msg_…")]


@app.command()
@guard
def show(
    message_id: IdArgument,
    text: Annotated[bool, typer.Option("--text", help="Show the words and the address too (patient data).")] = False,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """Everything about one message: event, rule, text version, gates, attempts, receipts, replies."""
    from followup.cli import telling
    from followup.services.reading import describe

    told = _read(message_id, clinic)

    data = describe.biography(told)
    if text:
        data["texts"] = [{"address": a["address"], "text": a["text"]} for a in told.attempts]
    emit(data, as_json, text=telling.say(telling.biography(data)))


@app.command()
@guard
def explain(message_id: IdArgument, clinic: ClinicFlag = "", as_json: JsonFlag = False) -> None:
    """Every check of the gate: as it would speak of a message that waits, as it spoke of one that went or ended."""
    from followup.cli import telling
    from followup.services.reading import describe

    data = describe.biography(_read(message_id, clinic))
    told = {key: data.get(key) for key in ("id", "state", "reason", "hold", "due_at", "foreseen", "ended")}
    told["history"] = [h for h in data["history"] if h["detail"] or h["reason"]]
    emit(told, as_json, text=telling.say([f"{data['id']}: {data['step']}, {data['state']}", *telling.reasons(data)]))


@app.command("list")
@guard
def list_messages(
    patient: Annotated[str | None, typer.Option(help="Only this patient's (the clinic's own id).")] = None,
    state: Annotated[
        str | None, typer.Option(help="Only in this state; held: what waits for the end of a hold.")
    ] = None,
    campaign: Annotated[str | None, typer.Option(help="Only of this campaign.")] = None,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    unknown_receipts: Annotated[
        bool, typer.Option("--unknown-receipts", help="Instead: receipts for messages that are not here.")
    ] = False,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """A page of messages by due time."""
    from followup.domain.ids import ClinicId
    from followup.services.reading import describe, report

    ctx = open_context()
    if unknown_receipts:
        strays = [describe.stray(r) for r in report.unknown_receipts(ctx, limit=limit)]
        emit({"unknown_receipts": strays}, as_json, text="\n".join(map(_stray, strays)) or "none")
        return
    own: ClinicId = pick_clinic(ctx, clinic).id
    page, more = report.messages(ctx, own, patient=patient, campaign=campaign, state=state, cursor=cursor, limit=limit)
    rows = [describe.message(m) for m in page]
    held = {cause.value: count for cause, count in sorted(report.held(ctx, own).items())}
    total = f"held: {sum(held.values())} ({', '.join(f'{count} {cause}' for cause, count in held.items())})"
    ends = [*([f"next: --cursor {more}"] if more else []), *([total] if held else [])]
    emit({"messages": rows, "next": more, "held": held}, as_json, text="\n".join([*map(_row, rows), *ends]) or "none")


@app.command()
@guard
def settle(
    message_id: IdArgument,
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit.")],
    went: Annotated[bool | None, typer.Option("--went/--did-not-go", help="What you found out.")] = None,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """Say whether a message in doubt went: else it goes once more, or is given up after its second try."""
    from followup.domain.ids import MessageId
    from followup.services.proof.decide import decide
    from followup.services.reading import describe

    if went is None:
        raise typer.BadParameter("say --went or --did-not-go", param_hint="--went")
    if not by.strip():
        raise typer.BadParameter("say who found it out", param_hint="--by")
    ctx = open_context()
    found = decide(ctx, pick_clinic(ctx, clinic).id, MessageId(message_id), went=went, by=by.strip())
    emit(describe.message(found), as_json, text=f"{found.id}: {found.state}")


ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the audit.")]


@app.command()
@guard
def skip(
    message_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "", as_json: JsonFlag = False
) -> None:
    """Leave out this one message; what comes after it goes on as planned."""
    _steer("skip", message_id, by=by, reason=reason, clinic=clinic, as_json=as_json)


@app.command("send-now")
@guard
def send_now(
    message_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "", as_json: JsonFlag = False
) -> None:
    """Send it now: the clinic's own hours and limits give way; law, consent, STOP and holds do not."""
    _steer("send_now", message_id, by=by, reason=reason, clinic=clinic, as_json=as_json)


@app.command()
@guard
def undo(
    message_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "", as_json: JsonFlag = False
) -> None:
    """Take back the last skip or send-now, as long as nothing went out: the message is as it was."""
    _steer("undo", message_id, by=by, reason=reason, clinic=clinic, as_json=as_json)


@app.command("link")
@guard
def show_link(
    message_id: IdArgument,
    revoke: Annotated[bool, typer.Option("--revoke", help="Let it show nothing any more, for good.")] = False,
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit; needed to revoke.")] = "",
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """How often the link to a message's full text was opened, and until when it opens; --revoke ends it."""
    from followup.domain.ids import MessageId
    from followup.services.revoke import links_to, revoke_links

    if revoke and not by.strip():
        raise typer.BadParameter("say who revokes it", param_hint="--by")
    ctx = open_context()
    own, name = pick_clinic(ctx, clinic).id, MessageId(message_id)
    if revoke:
        revoke_links(ctx, own, name, by=by.strip())
    told = [_told(link) for link in links_to(ctx, own, name)]
    emit({"id": message_id, "links": told}, as_json, text="\n".join(map(_link_line, told)) or "no link went with it")


def _told(link: Any) -> dict[str, Any]:
    moments = {name: getattr(link, name) for name in ("opened_at", "expires_at", "revoked_at")}
    shown = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return {"opened": link.opened, **shown, "revoked_by": link.revoked_by}


def _link_line(x: dict[str, Any]) -> str:
    end = f"revoked {x['revoked_at']} by {x['revoked_by']}" if x["revoked_at"] else f"opens until {x['expires_at']}"
    return f"opened {x['opened']} times" + (f", last {x['opened_at']}" if x["opened_at"] else "") + f"; {end}"


def _steer(act: str, message_id: str, *, by: str, reason: str, clinic: str, as_json: bool) -> None:
    """Do it, and say what will become of the message."""
    from followup.domain.ids import MessageId
    from followup.services import control
    from followup.services.reading import describe, report

    ctx = open_context()
    where, acts = pick_clinic(ctx, clinic).id, {"skip": control.skip, "send_now": control.send_now}
    acts.get(act, control.undo)(ctx, where, MessageId(message_id), by=by, reason=reason)
    told = describe.entry(report.biography(ctx, where, MessageId(message_id)).entry)
    so = told.get("foreseen") or told.get("ended") or {"text": told["state"]}
    emit(told, as_json, text=f"{message_id} ({told['step']}) {so['text']}")


def _stray(r: dict[str, Any]) -> str:
    words = (r["at"], f"{r['message']:<32}", f"{r['provider']:<8}", f"{r['provider_ref']:<36}", r["status"], r["code"])
    return "  ".join(word for word in words if word)


def _read(message_id: str, clinic: str) -> "Biography":
    from followup.domain.ids import MessageId
    from followup.services.reading import report

    ctx = open_context()
    return report.biography(ctx, common.pick_clinic(ctx, clinic).id, MessageId(message_id))


def _row(m: dict[str, Any]) -> str:
    why = f" ({m['hold'] or m['reason']})" if m["hold"] or m["reason"] else ""
    return f"{m['due_at']}  {m['id']}  {m['patient'] or '-':<12} {m['step']:<20} {m['class']:<13} {m['state']}{why}"
