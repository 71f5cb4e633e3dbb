"""`followup protocol`: check what was written, see what patients would get and when, publish and migrate versions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import (
    WRONG,
    ClinicFlag,
    JsonFlag,
    emit,
    guard,
    open_context,
    pick_clinic,
    read_settings,
    settings_beside,
)

if TYPE_CHECKING:
    from followup.domain.finding import Finding
    from followup.domain.protocol import CareProtocol, Step
    from followup.services.author.migrate import Move
    from followup.services.author.preview import Line, Preview

app = typer.Typer(no_args_is_help=True, help="Care protocols: check, list, show, preview, publish, migrate.")

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="The protocol's key.")]


@app.command()
@guard
def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A file or a folder (default: all of config).")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Find what is wrong before a patient does: exit 1 with file:line: rule: text (cure)."""
    from followup.services.author.check import check_files

    settings = read_settings()
    found = check_files(settings.config, settings.templates, path)
    errors = sum(f.is_error for f in found)
    summary = f"errors: {errors}, warnings: {len(found) - errors}" if found else "no findings"
    data = {"ok": not errors, "findings": [_finding(f) for f in found]}
    emit(data, as_json, text="\n".join([*map(_found, found), f"{path or settings.config}: {summary}"]))
    if errors:
        raise typer.Exit(WRONG)


@app.command("list")
@guard
def list_protocols(as_json: JsonFlag = False) -> None:
    """The protocols on disk in their current versions."""
    from followup.services.author.preview import browse

    found = browse(read_settings().config).current.values()
    data = [
        {"key": p.key, "version": p.version, "title": dict(p.title), "treatment_codes": list(p.treatment_codes),
         "steps": [s.key for s in p.steps]}
        for p in found
    ]  # fmt: skip
    lines = [f"{p.key}  {p.version}  {len(p.steps)} steps  for {', '.join(p.treatment_codes)}" for p in found]
    emit(data, as_json, text="\n".join(lines) or "no protocols")


@app.command()
@guard
def show(key: KeyArgument, as_json: JsonFlag = False) -> None:
    """One protocol: its steps, conditions and who reviewed it."""
    import json

    from followup.services.author.preview import browse

    protocols = browse(read_settings().config)
    protocol = protocols.need(key)
    definition = json.loads(protocols.source_of(protocol.version))
    emit({"version": protocol.version, **definition}, as_json, text="\n".join(_shown(protocol)))


@app.command()
@guard
def preview(
    key: KeyArgument,
    *,
    anchor: Annotated[str, typer.Option(metavar="DATE", help="When the treatment was: 2026-03-02T15:30.")],
    locale: Annotated[str, typer.Option(help="The patient's language (default: the clinic's).")] = "",
    zone: Annotated[str, typer.Option(help="The patient's zone (default: the clinic's).")] = "",
    session: Annotated[int | None, typer.Option(min=1, help="Which session of the series it was.")] = None,
    of: Annotated[int | None, typer.Option(min=1, help="How many sessions the series has.")] = None,
    event: Annotated[
        list[str] | None, typer.Option(metavar="TYPE@WHEN", help="What happens on the way: booking.made@+40d.")
    ] = None,
    texts: Annotated[bool, typer.Option("--texts/--no-texts", help="Show the words of each SMS.")] = True,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """The year of one patient: real dates in their own zone, and each SMS in their language."""
    from followup.services.author.preview import preview as imagine

    settings = settings_beside()
    seen = imagine(
        settings, key, anchor=anchor, clinic=clinic, locale=locale, zone=zone, session=session, of=of,
        events=event or (),
    )  # fmt: skip
    data = [_line(line, seen.sample.zone) for line in seen.lines]
    emit(data, as_json, text="\n".join(_timeline(seen, texts=texts)))


@app.command()
@guard
def schema(
    name: Annotated[
        str, typer.Argument(metavar="[protocol|clinic|audience|campaign|prices]", help="Whose schema.")
    ] = "protocol",
) -> None:
    """The JSON Schema that editors use for protocol or clinic files."""
    from followup.services.author.check import schema_text

    typer.echo(schema_text(name), nl=False)


@app.command()
@guard
def publish(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="One protocol (default: all).")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check, then keep the current versions and their texts in the database."""
    from dataclasses import asdict

    from followup.services.author import publish as service

    found = service.publish(open_context(), actor="cli", key=key)
    lines = [f"{p.key}  {p.version}  {'kept' if p.is_new else 'was kept before'}" for p in found]
    emit([asdict(p) for p in found], as_json, text="\n".join(lines))


@app.command()
@guard
def migrate(
    key: KeyArgument,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would change.")] = False,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """Move running enrollments to the current version; lists every date and text that changes per patient."""
    from followup.services.author import migrate as service

    ctx = open_context()
    found = service.migrate(ctx, pick_clinic(ctx, clinic).id, key, actor="cli", dry_run=dry_run)
    verb = "would move" if dry_run else "moved"
    lines = [*(row for move in found for row in _moved(move)), f"{len(found)} enrollments {verb}"]
    emit([service.describe(move) for move in found], as_json, text="\n".join(lines))


def _finding(found: "Finding") -> dict[str, Any]:
    return {"file": found.file, "line": found.line, "rule": found.rule, "text": found.text, "cure": found.cure,
            "level": found.level.value}  # fmt: skip


def _found(found: "Finding") -> str:
    return str(found) if found.is_error else f"{found} [warning]"


def _shown(protocol: "CareProtocol") -> list[str]:
    review = protocol.review
    return [
        f"{protocol.key}  version {protocol.version}",
        *(f"  {language}  {title}" for language, title in protocol.title.items()),
        f"  for     {', '.join(protocol.treatment_codes)}",
        f"  review  {review.get('reviewer')}, {review.get('reviewed_on')}: {review.get('note')}",
        *(f"  {_step(step)}" for step in protocol.steps),
    ]


def _step(step: "Step") -> str:
    at = f" at {step.preferred_time:%H:%M}" if step.preferred_time else ""
    only = "".join(f", only if {c}" for c in sorted(step.only_if)) + "".join(
        f", unless {c}" for c in sorted(step.unless)
    )
    when = f"{step.anchor} + {step.offset_text}{at}"
    return f"{step.key:<20} {when:<30} {step.message_class:<14} {' then '.join(step.channels)}{only}"


def _line(line: "Line", zone: str) -> dict[str, Any]:
    row, step = line.row, line.row.planned
    return {
        "step": step.step_key, "treatment": row.source_id, "due_at": step.due_at.isoformat(),
        "local": line.local.isoformat(), "zone": zone, "class": step.message_class.value,
        "channels": [c.value for c in step.channels], "template": step.template_ref, "goes": line.goes,
        "reason": row.reason and row.reason.value, "cause": row.cause and row.cause.value, "text": line.text,
        "segments": line.segments, "encoding": line.encoding, "problem": line.problem,
    }  # fmt: skip


def _timeline(seen: "Preview", *, texts: bool) -> list[str]:
    sample = seen.sample
    head = f"{sample.protocol.key} {sample.protocol.version}, {sample.clinic.name}, {sample.language}, {sample.zone}"
    return [head, *(row for line in seen.lines for row in _row(line, texts=texts))]


def _row(line: "Line", *, texts: bool) -> list[str]:
    step, row = line.row.planned, line.row
    because = f", {row.cause}" if row.cause else ""
    fate = f"not sent: {row.reason}{because}" if row.reason else " then ".join(step.channels)
    when = f"{line.local:%a %Y-%m-%d %H:%M %Z}"
    head = f"{when:<25} {row.source_id:<4} {step.step_key:<20} {step.message_class:<14} {fate}"
    if row.reason or not texts:
        return [head]
    words = f"HELD, staff are told: {line.problem}" if line.problem else line.text
    size = f"    ({line.segments} segments, {line.encoding})" if line.segments else ""
    return [head, *(f"    {part}" for part in words.splitlines()), *([size] if size else [])]


def _moved(move: "Move") -> list[str]:
    head = f"patient {move.patient_id}, {move.enrollment_id}: {move.old_version} to {move.new_version}"
    return [head, *(f"    {change}" for change in move.changes), *(["    nothing changes"] if not move.changes else [])]
