"""Accept: the sound rows of a list become people of an audience; who is new is entered as the clinic's events would."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from followup.domain.errors import Conflict, FollowupError, NotFound
from followup.domain.event import EventType
from followup.domain.ids import ClinicId, PatientId
from followup.domain.upload import Upload, UploadState
from followup.domain.window import to_utc
from followup.services import enroll, record
from followup.services.context import Context
from followup.services.record import Caller
from followup.storage import audit
from followup.storage.audience import uploads
from followup.storage.audience.uploads import Staged

_SOURCE = "/followup/upload"
_AT_ONCE = 500


def accept(
    ctx: Context,
    clinic_id: ClinicId,
    upload_id: str,
    *,
    by: str,
    clean_rows_only: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Upload:
    """Take over a list; done again it goes on where it was cut off.

    Raises NotFound, and Conflict for a list with faulty rows unless `clean_rows_only` says that they are left out.
    """
    found = _begin(ctx, clinic_id, upload_id, by=by, clean_rows_only=clean_rows_only)
    if found.state is UploadState.READY:
        return found
    done = last = 0
    while rows := _next(ctx, upload_id, after=last):
        taken = [(r.row, PatientId(r.person.removeprefix("id:"))) for r in rows if r.person and r.cells is None]
        fresh = [r for r in rows if r.cells is not None]
        for start in range(0, len(fresh), record.MAX_BATCH):
            taken += _enter(ctx, found, fresh[start : start + record.MAX_BATCH])
        with ctx.db.transaction() as conn:
            uploads.take_over(conn, upload_id, taken)
        done, last = done + len(rows), rows[-1].row
        progress(done)
    return _end(ctx, found, by=by)


def _begin(ctx: Context, clinic_id: ClinicId, upload_id: str, *, by: str, clean_rows_only: bool) -> Upload:
    with ctx.db.transaction() as conn:
        found = uploads.get(conn, clinic_id, upload_id, lock=True)
        if found is None:
            raise NotFound(f"there is no upload {upload_id}", cure="see `followup campaign uploads`")
        if found.state is UploadState.READY:
            return found
        if not found.sound:
            raise Conflict("no row of the list is clean", cure="mend the file and upload it again")
        if found.faulty and found.state is UploadState.FAULTY and not clean_rows_only:
            cure = "mend the file and upload it again, or choose the clean rows only"
            raise Conflict(f"{found.faulty} rows are faulty", cure=cure)
        begun = replace(found, state=UploadState.ACCEPTING)
        uploads.put(conn, begun)
        return begun


def _next(ctx: Context, upload_id: str, *, after: int) -> list[Staged]:
    with ctx.db.reading() as conn:
        return uploads.waiting(conn, upload_id, after=after, limit=_AT_ONCE)


def _enter(ctx: Context, upload: Upload, rows: Sequence[Staged]) -> list[tuple[int, PatientId]]:
    """Enter new people by events of our own source; the same events again change nothing."""
    bodies = [_body(ctx, upload, row) for row in rows]
    stored = record.accept_batch(ctx, bodies, caller=Caller(upload.clinic_id))
    refused = next((one for one in stored if isinstance(one, FollowupError)), None)
    if refused is not None:
        raise refused
    enroll.process_events(ctx, [one.row_id for one in stored if not isinstance(one, FollowupError)])
    return [(row.row, _id_of(upload, row)) for row in rows]


def _id_of(upload: Upload, row: Staged) -> PatientId:
    return PatientId(row.cells["patient_id"] or f"{upload.id}-{row.row}")


def _body(ctx: Context, upload: Upload, row: Staged) -> dict[str, Any]:
    cells: Mapping[str, Any] = row.cells
    patient: dict[str, Any] = {
        "id": _id_of(upload, row),
        "given_name": cells["given_name"],
        "contact_points": [{"channel": channel, "value": value} for channel, value in cells["points"]],
        "consents": [_consent(ctx, upload, given) for given in cells["consents"]],
    }
    patient |= {name: cells[name] for name in ("family_name", "language") if cells[name]}
    return {
        "specversion": "1.0",
        "type": EventType.PATIENT_UPDATED.value,
        "source": _SOURCE,
        "id": f"{upload.id}:{row.row}",
        "time": upload.at.isoformat(),
        "data": {"clinic": upload.clinic_id, "patient": patient},
    }


def _consent(ctx: Context, upload: Upload, given: Mapping[str, str]) -> dict[str, Any]:
    """The consent as the list states it, from the beginning of its day in the clinic's zone."""
    zone = ctx.clinics.need(upload.clinic_id).time_zone
    return {
        "class": given["message_class"],
        "channel": given["channel"],
        "kind": "express",
        "recorded_at": to_utc(date.fromisoformat(given["recorded_on"]), time(), zone).isoformat(),
        "evidence": given["evidence"],
        "actor": upload.by,
        "source": f"upload {upload.id}",
    }


def _end(ctx: Context, upload: Upload, *, by: str) -> Upload:
    now = ctx.clock.now()
    done = replace(upload, state=UploadState.READY, accepted_at=now)
    with ctx.db.transaction() as conn:
        uploads.put(conn, done)
        audit.append(
            conn, at=now, clinic_id=upload.clinic_id, actor=by.strip() or upload.by, action="upload.accepted",
            subject=upload.id, detail={"rows": done.sound, "new": done.new, "left_out": done.faulty},
        )  # fmt: skip
    return done
