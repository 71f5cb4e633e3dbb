"""Keep: saved segments are found by their name, saved and deleted; each change is audited."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from followup.content.audience import read_audience
from followup.domain.audience import Audience, expand, segments_of
from followup.domain.errors import Conflict, InvalidInput, NotFound
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.storage import audit
from followup.storage.audience import segments
from followup.storage.audience.segments import SavedSegment

MOST = 500
_LONGEST_NAME = 64
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def find(conn: Connection, clinic_id: ClinicId, name: str) -> Audience | None:
    """The audience saved under a name."""
    saved = segments.get(conn, clinic_id, name)
    return read_audience(saved.definition) if saved else None


def need(conn: Connection, clinic_id: ClinicId, name: str) -> SavedSegment:
    """The segment of this name; raises NotFound."""
    saved = segments.get(conn, clinic_id, name)
    if saved is None:
        raise NotFound(f"there is no segment {name!r}", cure="see `followup segment list`")
    return saved


def save(ctx: Context, clinic_id: ClinicId, name: str, *, definition: object, by: str, title: str = "") -> SavedSegment:
    """Save an audience under a name, over what stood there; raises InvalidInput, also for a ring of segments."""
    audience = read_audience(definition)
    _check(name, by)
    now = ctx.clock.now()
    new = SavedSegment(name, title.strip()[:200], audience.source, by.strip(), now)
    with ctx.db.transaction() as conn:
        before = segments.get(conn, clinic_id, name)
        if before is None and len(segments.listing(conn, clinic_id)) >= MOST:
            raise InvalidInput(f"there are {MOST} segments already", cure="delete some that nobody uses")
        segments.put(conn, clinic_id, new)
        expand(audience, lambda other: find(conn, clinic_id, other))
        audit.append(
            conn, at=now, clinic_id=clinic_id, actor=by.strip(), action="segment.saved", subject=name,
            detail={"digest": audience.digest, "replaced": before is not None},
        )  # fmt: skip
    return new


def delete(ctx: Context, clinic_id: ClinicId, name: str, *, by: str) -> None:
    """Delete a segment; raises NotFound, or Conflict while another segment speaks of it."""
    _check(name, by)
    with ctx.db.transaction() as conn:
        need(conn, clinic_id, name)
        users = [s.name for s in segments.listing(conn, clinic_id) if name in segments_of(read_audience(s.definition))]
        if users:
            raise Conflict(f"segment {name!r} is used by {', '.join(users)}", cure="change those first")
        segments.delete(conn, clinic_id, name)
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by.strip(), action="segment.deleted", subject=name
        )


def _check(name: str, by: str) -> None:
    if (
        not name
        or len(name) > _LONGEST_NAME
        or not all(part.isalnum() for part in name.split("-"))
        or not name.islower()
    ):
        raise InvalidInput(f"{name!r} is no name of a segment", cure="small letters, digits and single dashes")
    if not by.strip():
        raise InvalidInput("who does it is missing", cure="give your name for the audit")


def written_out(conn: Connection, clinic_id: ClinicId, audience: Audience) -> dict[str, Any]:
    """Its definition with those of the segments in the place of their names; raises InvalidInput for an unknown one."""
    expand(audience, lambda name: find(conn, clinic_id, name))  # none is missing, and there is no ring
    return _out(conn, clinic_id, audience.source)


def _out(conn: Connection, clinic_id: ClinicId, part: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        key: [_out(conn, clinic_id, p) for p in value] if key in {"all", "any"}
        else _out(conn, clinic_id, value) if key == "not" else value
        for key, value in part.items() if key != "segment"
    }  # fmt: skip
    if "segment" not in part:
        return told
    saved = _out(conn, clinic_id, need(conn, clinic_id, part["segment"]).definition)
    return told | {"all": [*told.get("all", []), saved]} if told else saved
