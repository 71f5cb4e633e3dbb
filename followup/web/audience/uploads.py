"""Lists of people over HTTP: the file is the body, kept on disk while it is read."""

import tempfile
from collections.abc import AsyncIterator
from typing import Annotated, Any, BinaryIO, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from followup.domain.upload import MOST_BYTES
from followup.services.uploads import accept, check, report, tell
from followup.services.uploads.remove import remove
from followup.web.auth import KeyHolder, clinic_of
from followup.web.door import Ctx
from followup.web.errors import TooLarge, UnsupportedMedia, answers

router = APIRouter(prefix="/v1/uploads", tags=["campaigns"])
_PROBLEMS = answers(
    s401="No key, or an unknown one",
    s404="No such upload in this clinic",
    s409="Some rows are faulty, or the list is in use",
    s413="The file is larger than 64 MiB",
    s422="The file is no list",
)
_Name = Annotated[str, Query(min_length=1, max_length=200)]


async def _spooled(request: Request) -> AsyncIterator[BinaryIO]:
    """The body in a file; what is small stays in memory."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise UnsupportedMedia("the body is compressed", cure="send it as it is, without Content-Encoding")
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as kept:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > MOST_BYTES:
                raise TooLarge(f"the file is larger than {MOST_BYTES // 1024**2} MiB", cure="split it")
            kept.write(chunk)
        yield cast("BinaryIO", kept)


@router.post("", summary="Bring a list of people, CSV or XLSX", responses=_PROBLEMS, openapi_extra={
    "requestBody": {"required": True, "content": {
        "text/csv": {"schema": {"type": "string"}},
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
            "schema": {"type": "string", "format": "binary"},
        },
    }},
})  # fmt: skip
def post_upload(
    ctx: Ctx,
    caller: KeyHolder,
    file: Annotated[BinaryIO, Depends(_spooled)],
    *,
    name: _Name,
    by: _Name,
    clean_rows_only: bool = False,
) -> dict[str, Any]:
    """`state` is `ready` when it can be an audience, `faulty` when nothing was taken over; nothing is sent by this."""
    taken = check.take(ctx, clinic_of(caller), file, name=name, by=by, clean_rows_only=clean_rows_only)
    return tell.upload(taken.upload) | {"remarks": list(taken.remarks), "faults": tell.faults(taken.faults)}


@router.get("", summary="The lists that were brought, newest first", responses=_PROBLEMS)
def get_uploads(ctx: Ctx, caller: KeyHolder) -> list[dict[str, Any]]:
    """With their counts."""
    return [tell.upload(one) for one in report.listing(ctx, clinic_of(caller))]


@router.get("/{upload_id}", summary="One list", responses=_PROBLEMS)
def get_upload(ctx: Ctx, caller: KeyHolder, upload_id: str, after: Annotated[int, Query(ge=0)] = 0) -> dict[str, Any]:
    """With the faults of the next hundred faulty rows behind row `after`."""
    clinic_id = clinic_of(caller)
    found = report.show(ctx, clinic_id, upload_id)
    return tell.upload(found) | {"faults": tell.faults(report.faults(ctx, clinic_id, upload_id, after=after))}


@router.post("/{upload_id}/accept", summary="Take over a list that was checked", responses=_PROBLEMS)
def post_accept(
    ctx: Ctx, caller: KeyHolder, upload_id: str, *, by: _Name, clean_rows_only: bool = False
) -> dict[str, Any]:
    """Also goes on where taking it over was cut off."""
    return tell.upload(accept.accept(ctx, clinic_of(caller), upload_id, by=by, clean_rows_only=clean_rows_only))


@router.delete("/{upload_id}", summary="Delete a list and what its rows said", responses=_PROBLEMS, status_code=204)
def delete_upload(ctx: Ctx, caller: KeyHolder, upload_id: str, by: _Name) -> None:
    """The people whom it brought stay; refused while a segment, or a campaign not yet frozen, chooses by it."""
    remove(ctx, clinic_of(caller), upload_id, by=by)


@router.get("/{upload_id}/errors.csv", summary="The faulty rows, to mend and bring again", responses=_PROBLEMS)
def get_errors(ctx: Ctx, caller: KeyHolder, upload_id: str, by: _Name) -> StreamingResponse:
    """No cell of it is a formula; the export is audited."""
    lines = report.error_file(ctx, clinic_of(caller), upload_id, by=by)
    named = {"Content-Disposition": f'attachment; filename="{upload_id}-errors.csv"'}
    return StreamingResponse((line.encode() for line in lines), media_type="text/csv; charset=utf-8", headers=named)
