"""`followup event`: send events from files by the same way as the HTTP door, list them, plan quarantined ones again."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import WRONG, ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic
from followup.domain.errors import FollowupError, InvalidInput
from followup.domain.event import EventState

if TYPE_CHECKING:
    from followup.services.context import Context
    from followup.services.record import Recorded

app = typer.Typer(no_args_is_help=True, help="Events of the clinic: send, list, retry.")

_AT_ONCE = 100

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="JSON, a JSON array or JSON Lines; - is standard input.")
]
BackfillFlag = Annotated[bool, typer.Option("--backfill", help="History: what is past is skipped, never sent.")]


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a file, or the reason why it cannot be read. `place` counts events, or lines of JSON Lines."""

    file: str
    place: int
    body: Any = None
    fault: FollowupError | None = None


@app.command()
@guard
def send(files: Files, backfill: BackfillFlag = False, data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Store events once each, a line of result for every one; exit 1 if any was rejected."""
    missing = next((file for file in files if str(file) != "-" and not file.is_file()), None)
    if missing is not None:
        raise typer.BadParameter(f"there is no file {missing}", param_hint="FILE")
    ctx = _open(data)
    results: list[dict[str, Any]] = []
    pieces = [piece for file in files for piece in read_pieces(file)]
    for start in range(0, len(pieces), _AT_ONCE):
        for result in _send(ctx, pieces[start : start + _AT_ONCE], backfill=backfill):
            results.append(result)
            if not as_json:
                typer.echo(_plain(_line(result)))
    counts = Counter(result["status"] for result in results)
    summary = {status: counts[status] for status in ("accepted", "duplicate", "rejected")}
    words = ", ".join(f"{count} {status}" for status, count in summary.items())
    emit({**summary, "results": results}, as_json, text=words)
    if counts["rejected"]:
        raise typer.Exit(WRONG)


@app.command("list")
@guard
def list_events(
    state: Annotated[EventState | None, typer.Option(help="Only in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Events as they were stored, newest first, with the reason why one waits."""
    from followup.services import record

    ctx = _open(data)
    found = record.listing(ctx, pick_clinic(ctx, clinic).id, states=[state] if state else [], limit=limit)
    told = [
        {"row": e.row_id, "id": e.id, "source": e.source, "type": e.type.value, "time": e.time.isoformat(),
         "received_at": e.received_at.isoformat(), "patient": e.patient_key, "backfill": e.backfill,
         "state": e.state.value, "reason": e.reason}
        for e in found
    ]  # fmt: skip
    emit(told, as_json, text="\n".join(map(_row, told)) or "none")


@app.command()
@guard
def retry(
    event_id: Annotated[str, typer.Argument(metavar="[ID]", help="The event's id, or evt_… of `event list`.")] = "",
    every: Annotated[bool, typer.Option("--all", help="All quarantined events.")] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Plan quarantined events again, for instance once their protocol exists; exit 1 if one still cannot be."""
    from followup.services import enroll, record

    if bool(event_id) == every:
        raise typer.BadParameter("give the id of one event, or --all", param_hint="ID")
    ctx = _open(data)
    clinic_id = pick_clinic(ctx, clinic).id
    waiting = record.unplanned(ctx, clinic_id, None if every else event_id)
    told = [{"row": e.row_id, "id": e.id, "state": enroll.retry(ctx, clinic_id, e.row_id).value} for e in waiting]
    emit(told, as_json, text="\n".join(_plain(f"{t['row']}  {t['id']:<14} {t['state']}") for t in told) or "none waits")
    if any(t["state"] == EventState.QUARANTINED for t in told):
        raise typer.Exit(WRONG)


def _open(data: Path | None) -> "Context":
    """The context, with a schema that is up to date."""
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx


def read_pieces(file: Path) -> Iterator[Piece]:
    """The events of a file: one JSON object, an array of them, or one a line."""
    from followup.domain.document import read_json

    name = str(file)
    content = sys.stdin.buffer.read() if name == "-" else file.read_bytes()
    try:
        whole = read_json(content)
    except InvalidInput as error:
        lines = content.splitlines()
        if sum(1 for line in lines if line.strip()) < 2 or content.lstrip().startswith(b"["):
            yield Piece(name, 1, fault=error)
            return
        yield from _read_lines(name, lines)
        return
    for place, body in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield Piece(name, place, body)


def _read_lines(name: str, lines: Sequence[bytes]) -> Iterator[Piece]:
    from followup.domain.document import read_json

    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Piece(name, place, read_json(line))
        except InvalidInput as error:
            yield Piece(name, place, fault=error)


def _send(ctx: "Context", some: Sequence[Piece], *, backfill: bool) -> Iterator[dict[str, Any]]:
    from followup.services.record import Caller, accept_batch

    readable = [piece.body for piece in some if piece.fault is None]
    stored = iter(accept_batch(ctx, readable, caller=Caller(), backfill=backfill))
    for piece in some:
        yield _told(piece, piece.fault or next(stored))


def _told(piece: Piece, result: "Recorded | FollowupError") -> dict[str, Any]:
    given = piece.body.get("id") if isinstance(piece.body, dict) else None
    told: dict[str, Any] = {"file": piece.file, "place": piece.place, "id": given if isinstance(given, str) else None}
    if not isinstance(result, FollowupError):
        return told | {"status": result.status}
    faults = getattr(result, "faults", ())
    return told | {
        "status": "rejected",
        "detail": result.message,
        "errors": [{"pointer": f.pointer, "detail": f.detail} for f in faults],
    }


def _line(result: dict[str, Any]) -> str:
    line = f"{result['file']}:{result['place']}: {result['id'] or '-'} {result['status']}"
    if result["status"] != "rejected":
        return line
    return f"{line}: {result['detail']}" + "".join(
        f"\n    {e['pointer'] or '/'}: {e['detail']}" for e in result["errors"]
    )


def _row(e: dict[str, Any]) -> str:
    why = f": {e['reason']}" if e["reason"] else ""
    when, who = e["received_at"][:19], e["patient"] or "-"
    return _plain(f"{when}  {e['row']}  {e['id']:<14} {e['type']:<20} {who:<10} {e['state']}{why}")


def _plain(text: str) -> str:
    """Without what could steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
