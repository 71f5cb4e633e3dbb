"""`followup inbox`: replies and other matters that wait for a person, what a text means, mail that came back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic
from followup.cli.inbox.group import app, quoted

if TYPE_CHECKING:
    from followup.services.attend import Matter
    from followup.services.context import Context

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The escalation's id, esc_…")]
ReturnArgument = Annotated[str, typer.Argument(metavar="ID", help="ret_…, see `followup inbox bounces`")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]


@app.command("list")
@guard
def list_matters(
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What waits for a person, newest first; a reply counts as unread until somebody closes it."""
    from followup.services import attend
    from followup.services.reading import describe

    ctx = _open(data)
    found = attend.waiting(ctx, pick_clinic(ctx, clinic).id, closed=closed, limit=limit)
    told = [describe.escalation(x) for x in found]
    emit(told, as_json, text="\n".join(map(_row, told)) or "nothing waits")


@app.command()
@guard
def show(
    escalation_id: Annotated[str, typer.Argument(metavar="ID", help="esc_…, or in_… of the inbound message")],
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit.")] = "command line",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """One matter, with the words of the patient."""
    from followup.services import attend

    ctx = _open(data)
    told = _told(attend.look(ctx, pick_clinic(ctx, clinic).id, escalation_id, by=by))
    emit(told, as_json, text="\n".join(_lines(told)))


@app.command()
@guard
def ack(
    escalation_id: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Take it over; others see that somebody has."""
    from followup.domain.ids import EscalationId
    from followup.services.alerts import handle
    from followup.services.reading import describe

    ctx = _open(data)
    taken = handle.acknowledge(ctx, pick_clinic(ctx, clinic).id, EscalationId(escalation_id), by=by)
    emit(describe.escalation(taken), as_json, text=f"{taken.id}: {taken.state}, {taken.acknowledged_by or by}")


@app.command()
@guard
def close(
    escalation_id: IdArgument,
    by: ByOption,
    note: Annotated[str, typer.Option("--note", help="What was done, for the audit.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Say that it is done: a matter, or a whole conversation by thr_… or the patient's id."""
    from followup.domain.ids import EscalationId
    from followup.services.alerts import handle
    from followup.services.reading import describe

    ctx = _open(data)
    if not escalation_id.startswith("esc_"):
        from followup.cli.inbox.threads import close_thread

        closed = close_thread(ctx, pick_clinic(ctx, clinic).id, escalation_id, by=by, note=note)
        emit(closed, as_json, text=f"{closed['id']}: closed, {by}")
        return
    done = handle.close(ctx, pick_clinic(ctx, clinic).id, EscalationId(escalation_id), by=by, note=note)
    emit(describe.escalation(done), as_json, text=f"{done.id}: {done.state}, {done.closed_by or by}")


@app.command()
@guard
def classify(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What a patient wrote; - reads a text a line.")],
    lang: Annotated[str, typer.Option("--lang", help="The patient's language, where the words do not tell.")] = "en",
    as_json: JsonFlag = False,
) -> None:
    """What a text means and how urgent it is, with the rule that says so; needs no database and keeps nothing."""
    import sys

    from followup.cli.inbox.classifying import answers, lines_of

    texts = lines_of(sys.stdin.buffer) if text == "-" else [text]
    for answer in answers(texts, language=lang, as_json=as_json):
        sys.stdout.write(answer + "\n")
    sys.stdout.flush()


def _open(data: Path | None) -> "Context":
    """The context, with a schema that is up to date."""
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx


@app.command()
@guard
def bounces(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Mail that came back, newest first, also what speaks of no message of ours; letters are in `list`."""
    from followup.services.bounces import review

    ctx = open_context(data=data)
    found = [review.plain(row) for row in review.came_back(ctx, pick_clinic(ctx, clinic).id, limit=limit)]
    emit(found, as_json, text="\n".join(map(_came_back, found)) or "nothing came back")


@app.command()
@guard
def bounce(
    return_id: ReturnArgument,
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit.")] = "command line",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """One mail that came back, with mailbox and words."""
    from followup.services.bounces import review

    ctx = open_context(data=data)
    seen = review.look(ctx, pick_clinic(ctx, clinic).id, return_id, by=by)
    told: dict[str, Any] = review.plain(seen.row) | {"mailbox": seen.row.address}
    if seen.returned is not None:
        said = [fate.diagnostic.strip() for fate in seen.returned.fates if fate.diagnostic.strip()]
        told |= {
            "from": seen.returned.sender,
            "subject": seen.returned.subject,
            "said": said,
            "words": seen.returned.words,
        }
    lines = [f"{key + ':':<16}{_flat(value)}" for key, value in told.items() if value and key != "words"]
    emit(told, as_json, text="\n".join([*lines, *quoted(told.get("words", ""))]))


@app.command()
@guard
def forgive(
    return_id: ReturnArgument,
    by: ByOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """The mailbox of this mail works again: write to it anew. Complaints and opt-outs stay."""
    from followup.services.bounces import review

    ctx = open_context(data=data)
    ended = review.forgive(ctx, pick_clinic(ctx, clinic).id, return_id, by=by)
    emit({"id": return_id, "ended": ended}, as_json, text=f"{return_id}: {ended} suppressions ended, its count is 0")


def _came_back(x: dict[str, Any]) -> str:
    did = ", ".join(x["did"]) or "-"
    what = " ".join(part for part in (x["action"], x["code"]) if part)
    return f"{x['received_at']}  {x['id']}  {x['kind']:<10} {what:<15} {x['message'] or '-':<30} {did}: {x['text']}"


def _flat(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def _told(matter: "Matter") -> dict[str, Any]:
    from followup.services.bounces import review
    from followup.services.reading import describe

    told = describe.escalation(matter.escalation)
    if matter.came_back:
        told["came_back"] = [review.plain(row) for row in matter.came_back]
    if told["kind"] == "unconfirmed":
        told["decide"] = f"followup message settle {told['about']} --went|--did-not-go --by NAME"
    if matter.wrote is None:
        return told
    wrote = matter.wrote
    return told | {
        "wrote": describe.reply(wrote) | {"from": wrote.from_address, "text": wrote.text, "media": wrote.media}
    }


def _row(x: dict[str, Any]) -> str:
    return f"{x['opened_at']}  {x['id']}  {x['kind']:<12} {x['state']:<12} {x['patient'] or '-':<10} {x['summary']}"


def _lines(told: dict[str, Any]) -> list[str]:
    apart = {"wrote", "came_back"}
    lines = [f"{key + ':':<16}{value}" for key, value in told.items() if key not in apart and value]
    lines += [_came_back(x) for x in told.get("came_back", ())]
    wrote = told.get("wrote")
    if wrote:
        pictures = f" and {wrote['media']} pictures" if wrote["media"] else ""
        lines += [f"{wrote['received_at']} from {wrote['from']}{pictures}:", *quoted(wrote["text"])]
    return lines
